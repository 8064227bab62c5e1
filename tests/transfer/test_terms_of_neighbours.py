"""What both terms of neighbours, fine detail and differences, have in common: parts, wrapping, gradients, sizes."""

from functools import partial

import pytest
import torch

from tests.transfer.conftest import strokes
from tests.transfer.neighbourly import drawn, pulled
from transfer.images import to_tensor
from transfer.losses.differences import DifferencesTerm, differences
from transfer.losses.fine import Fine, FineTerm
from transfer.tiling.wrap import NOWHERE, Wrap

WRAPS = [NOWHERE, Wrap(x=True), Wrap(True, True)]
STYLE = to_tensor(strokes(40, 40)).double()
TERMS = {
    "fine": partial(pulled, FineTerm, Fine.between(STYLE, [STYLE], (1,), 1.0)),
    "differences": partial(pulled, DifferencesTerm, differences(STYLE)),
}
of_each_term = pytest.mark.parametrize("pull", TERMS.values(), ids=TERMS)


@of_each_term
@pytest.mark.parametrize("wrap", WRAPS)
def test_some_rows_at_a_time_are_the_whole(pull, wrap, monkeypatch) -> None:
    whole = pull(drawn(), wrap)
    monkeypatch.setattr("transfer.losses.neighbours.AT_ONCE", 3 * 14)
    value, gradient = pull(drawn(), wrap)
    assert value == pytest.approx(whole[0])
    assert torch.allclose(gradient, whole[1])


@of_each_term
@pytest.mark.parametrize("wrap", WRAPS)
def test_its_gradient_agrees_with_finite_differences(pull, wrap) -> None:
    image, change = drawn(), drawn(seed=1) - 0.5
    _, gradient = pull(image, wrap)
    apart = pull(image + 1e-5 * change, wrap)[0] - pull(image - 1e-5 * change, wrap)[0]
    assert apart / 2e-5 == pytest.approx(float((gradient * change).sum()), rel=1e-5)


@of_each_term
def test_where_it_wraps_a_picture_that_is_moved_around_has_the_same(pull) -> None:
    (value, gradient), (moved, of_moved) = (
        pull(image, Wrap(True, True)) for image in (drawn(), drawn().roll((5, 3), (2, 3)))
    )
    assert moved == pytest.approx(value)
    assert torch.allclose(of_moved, gradient.roll((5, 3), (2, 3)))


@of_each_term
def test_a_picture_of_any_size_has_the_same(pull) -> None:
    tile = drawn(16, 16)
    values = [pull(tile.repeat(1, 1, count, count), Wrap(True, True))[0] for count in (1, 3)]
    assert values[1] == pytest.approx(values[0])

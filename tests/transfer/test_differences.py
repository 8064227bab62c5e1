"""The term of textures that asks near pixels to differ as much, and as seldom, as the style's do."""

import pytest
import torch

from tests.transfer import neighbourly
from tests.transfer.conftest import strokes
from tests.transfer.neighbourly import drawn
from transfer.images import scaled_bytes, to_tensor
from transfer.losses.differences import DifferencesTerm, differences
from transfer.losses.neighbours import blended
from transfer.tiling.wrap import NOWHERE, Wrap

WANTED = differences(to_tensor(strokes(40, 40)).double())


def pulled(image, wanted=WANTED, wrap=NOWHERE):
    """The value, and its gradient."""
    return neighbourly.pulled(DifferencesTerm, wanted, image, wrap)


def test_it_is_nothing_at_the_style_itself() -> None:
    image = drawn()
    value, gradient = pulled(image, differences(image))
    assert value == pytest.approx(0, abs=1e-15)
    assert gradient.abs().max() < 1e-12


def test_noise_all_over_is_no_edge_although_it_is_as_rough() -> None:
    edges = (torch.arange(64) // 16 % 2).double().expand(1, 3, 64, 64)
    noise = drawn(64, 64) - 0.5
    of_edges, of_noise = differences(edges), differences(noise)
    as_rough = noise * (of_edges[..., 0].sum() / of_noise[..., 0].sum()).sqrt()
    assert pulled(as_rough, of_edges)[0] > 10 * pulled(edges, of_edges)[0] + 1e-3


def test_waves_along_the_axes_alone_are_not_those_of_all_ways() -> None:
    """A mesh has no differences that a picture of oblique waves has not, but other ones along the diagonals."""
    down, across = torch.meshgrid(torch.arange(48.0), torch.arange(48.0), indexing="ij")
    oblique = torch.sin(2.2 * (down + across) / 2**0.5).double().expand(1, 3, 48, 48)
    mesh = (torch.sin(2.2 * down) + torch.sin(2.2 * across)).double().expand(1, 3, 48, 48) / 2**0.5
    assert pulled(mesh, differences(oblique))[0] > 0.01


def test_a_checkerboard_is_no_grain() -> None:
    board = ((torch.arange(48)[:, None] + torch.arange(48)) % 2).double().expand(1, 3, 48, 48)
    grain = drawn(48, 48)
    as_rough = board * (differences(grain)[..., 0].sum() / differences(board)[..., 0].sum()).sqrt()
    assert pulled(as_rough, differences(grain))[0] > 0.01


def test_bytes_are_measured_as_numbers_are() -> None:
    picture = strokes(40, 30)
    assert torch.allclose(differences(scaled_bytes(picture, (40, 30))), differences(to_tensor(picture)), rtol=1e-4)


def test_several_styles_count_as_much_as_their_weights_say() -> None:
    one, other = differences(drawn()), differences(drawn(seed=2) / 2)
    assert torch.allclose(blended([one, other], (3, 1)), 0.75 * one + 0.25 * other)


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (1, 1)])
def test_a_picture_one_pixel_wide_that_wraps_has_a_finite_gradient(shape) -> None:
    value, gradient = pulled(drawn(*shape), wrap=Wrap(True, True))
    assert value >= 0
    assert gradient.isfinite().all()


def test_a_flat_picture_has_a_finite_gradient() -> None:
    value, gradient = pulled(torch.full((1, 3, 8, 8), 0.5, dtype=torch.float64))
    assert value > 0
    assert gradient.isfinite().all()

"""The term of style transfer that asks neighbours to differ in lightness as much as the style's do."""

from dataclasses import replace

import pytest
import torch

from tests.transfer import neighbourly
from tests.transfer.conftest import strokes
from tests.transfer.neighbourly import drawn
from transfer.images import scaled_bytes, to_tensor
from transfer.losses.fine import RARE, Fine, FineTerm
from transfer.tiling.wrap import NOWHERE, Wrap


def of(style, content=None, part=1.0):
    return Fine.between(style if content is None else content, [style], (1,), part)


WANTED = of(to_tensor(strokes(40, 40)).double())


def pulled(image, wanted=WANTED, wrap=NOWHERE):
    """The value, and its gradient."""
    return neighbourly.pulled(FineTerm, wanted, image, wrap)


def waves(of_place):
    down, across = torch.meshgrid(torch.arange(48.0), torch.arange(48.0), indexing="ij")
    return of_place(down, across).double().expand(1, 3, 48, 48)


def test_waves_along_the_axes_alone_are_not_those_of_all_ways() -> None:
    oblique = waves(lambda down, across: torch.sin(2.2 * (down + across) / 2**0.5))
    mesh = waves(lambda down, across: (torch.sin(2.2 * down) + torch.sin(2.2 * across)) / 2**0.5)
    assert pulled(mesh, of(oblique))[0] > 0.01


def test_blocks_are_not_what_is_as_fine_everywhere() -> None:
    """Blocks of 2 x 2 px have all their differences between them."""
    blocks, grain = drawn(24, 24).repeat_interleave(2, 2).repeat_interleave(2, 3), drawn(48, 48)
    assert pulled(blocks, of(blocks))[0] > 10 * pulled(grain, of(grain))[0]
    _, gradient = pulled(blocks, of(blocks))
    assert pulled(blocks - 0.1 * gradient / gradient.abs().max(), of(blocks))[0] < pulled(blocks, of(blocks))[0]


def test_colours_of_one_lightness_are_left_to_others() -> None:
    image, change = drawn(), drawn(seed=1)
    value, gradient = pulled(image)
    assert pulled(image + change - change.mean(1, keepdim=True))[0] == pytest.approx(value)
    assert torch.allclose(gradient, gradient.mean(1, keepdim=True).expand_as(gradient))


def test_part_of_the_way_from_the_content_to_the_style_is_asked_for() -> None:
    style, content = drawn(20, 20), drawn(20, 20, seed=3) / 4
    none, half, all_of_it = (of(style, content, part).wanted for part in (0.0, 0.5, 1.0))
    assert torch.allclose(none, of(content).wanted)
    assert torch.allclose(all_of_it, of(style).wanted)
    assert torch.allclose(half, (none + all_of_it) / 2)


def test_a_flat_style_does_not_outweigh_all_else() -> None:
    content = drawn()
    value, gradient = pulled(content, of(torch.full_like(content, 0.5), content))
    # The content's differences are four times the unit, and their mean size is four fifths of their root mean square.
    assert value == pytest.approx(2 * 4**2 * (1 + RARE * 0.8**2), rel=0.1)
    assert gradient.isfinite().all()


def test_bytes_are_measured_as_numbers_are() -> None:
    picture = strokes(40, 30)
    found, wanted = (of(each).wanted for each in (scaled_bytes(picture, (40, 30)), to_tensor(picture)))
    assert torch.allclose(found, wanted, rtol=1e-4)


def test_several_styles_count_as_much_as_their_weights_say() -> None:
    one, other = drawn(), drawn(seed=2) / 2
    found = Fine.between(one, [one, other], (3, 1), 1.0).wanted.square()
    assert torch.allclose(found, 0.75 * of(one).wanted.square() + 0.25 * of(other).wanted.square())


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (1, 1), (8, 8)])
def test_a_flat_picture_or_one_a_pixel_wide_has_a_finite_gradient(shape) -> None:
    value, gradient = pulled(torch.full((1, 3, *shape), 0.5, dtype=torch.float64), wrap=Wrap(True, True))
    assert value > 0
    assert gradient.isfinite().all()


def test_many_small_differences_are_not_what_a_few_large_ones_are() -> None:
    """Their squares are the same on average, so that only their sizes tell them apart."""
    signs = (drawn(48, 48)[:, :1] - 0.5).sign().expand(1, 3, 48, 48)
    many, few = 0.1 * signs, 0.4 * signs * (drawn(48, 48, seed=1)[:, :1] < 1 / 16)
    assert torch.allclose(of(many).wanted, of(few).wanted, rtol=0.1)
    value, gradient = pulled(many, of(few))
    assert value > 10 * pulled(few, of(many))[0]
    assert pulled(many - 0.01 * gradient / gradient.abs().max(), of(few))[0] < value


def test_small_differences_are_as_common_in_even_columns_as_in_odd_ones() -> None:
    """Their squares are the same on average, and the style's sizes are above both."""
    chance, signs = drawn(2, 2000)[0, 0], (drawn(1, 2000, seed=1)[0, 0] - 0.5).sign()
    many, few = 0.1 * signs, 0.4 * signs * (chance[:1] < 1 / 16)
    is_even, is_any = torch.arange(2000)[None] % 2 == 0, chance[1:] < 0.5
    lattice, grain = (torch.where(which, many, few).cumsum(1).expand(1, 3, 8, -1) for which in (is_even, is_any))
    assert pulled(lattice, rare(lattice))[0] > 10 * pulled(grain, rare(grain))[0]
    value, gradient = pulled(lattice, rare(lattice))
    assert pulled(lattice - 0.001 * gradient / gradient.abs().max(), rare(lattice))[0] < value
    assert pulled(lattice, replace(rare(lattice), uneven=of(lattice).uneven))[0] < value / 10


def rare(image):
    """The target of a style whose squares are those of `image`, and whose sizes are larger, everywhere alike."""
    found = of(image)
    return replace(found, usual=torch.ones_like(found.usual), uneven=torch.zeros_like(found.uneven))

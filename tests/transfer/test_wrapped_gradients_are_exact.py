"""A picture that wraps has no border: moved around, it has the same losses, and its gradient moves with it."""

import pytest
import torch
from torch.nn import functional

from tests.transfer.conftest import measured, objective_of
from tests.transfer.plainly import apart, scene, split
from transfer.engine.ladder import Rung
from transfer.losses.anchor import Anchor
from transfer.recipes.style import StyleRecipe
from transfer.tiling.tiles import GuidedImage
from transfer.tiling.wrap import Wrap

SIZE = (96, 64)  # px; the picture that anchors hold on to is half as large
MOVES = {"x": (0, 16), "y": (8, 0), "both": (24, 40)}  # rows and columns, multiples of a cell
ABOVE = Rung(1, 724, 10, 0.01)  # a rung on which too much texture counts too


def moved(picture: GuidedImage, by) -> GuidedImage:
    guide = None if picture.guide is None else picture.guide.roll(by, (1, 2))
    return GuidedImage(picture.image.roll(by, (2, 3)), guide)


def measured_at(network, wrap, by, tile_pixels=None, rung=None, **scenery):
    """Losses and gradient of a picture that was moved around, with its content and its anchors; moved back."""
    content, styles, image = scene(torch.float64, SIZE, **scenery)
    recipe = StyleRecipe(wrap=wrap)
    half = functional.avg_pool2d(content.image, 2).roll([each // 2 for each in by], (2, 3))
    anchors = [Anchor.of(half, part, 2.0, Wrap.named(wrap)) for part in (0.5, 1.0)]
    made = objective_of(network, recipe, moved(content, by), styles, anchors, rung, tile_pixels)
    losses, gradient = measured(made, image.roll(by, (2, 3)))
    return losses, gradient.roll([-each for each in by], (2, 3)), made


@pytest.mark.parametrize("regions", [False, True], ids=["whole", "regions"])
@pytest.mark.parametrize("wrap", MOVES)
def test_moving_a_picture_around_moves_its_gradient_and_nothing_else(exact_network, wrap, regions):
    (found, gradient, _), (wanted, expected, _) = (
        measured_at(exact_network, wrap, by, rung=ABOVE, regions=regions) for by in (MOVES[wrap], (0, 0))
    )
    assert apart(gradient, expected) <= 1e-9
    assert found.values() == pytest.approx(wanted.values(), rel=1e-9)


def test_without_wrapping_it_does_not(exact_network):
    (_, gradient, _), (_, expected, _) = (measured_at(exact_network, "none", by) for by in (MOVES["both"], (0, 0)))
    assert apart(gradient, expected) > 1e-3


@pytest.mark.parametrize("wrap", MOVES)
def test_in_tiles_losses_and_gradient_are_those_of_the_whole(exact_network, wrap):
    (found, gradient, tiled), (wanted, expected, whole) = (
        measured_at(exact_network, wrap, (0, 0), pixels, regions=True) for pixels in (6000, None)
    )
    assert len(tiled.tiles) > 1 == len(whole.tiles)
    assert apart(gradient, expected) <= 1e-9
    assert found.values() == pytest.approx(wanted.values(), rel=1e-9)


def test_the_gradient_agrees_with_finite_differences_at_the_border(exact_network):
    _, styles, image = scene(torch.float64, SIZE)
    content = GuidedImage(image.flip(3), split(SIZE))
    made = objective_of(
        exact_network,
        StyleRecipe(wrap="both", texture_weight=0),
        content,
        [GuidedImage(styles[0].image, split((83, 71)))],
    )
    _, gradient = measured(made, image)
    for place in ((0, 0, 0, 0), (0, 1, 63, 95), (0, 2, 30, 0)):
        values = []
        for step in (1e-5, -1e-5):
            other = image.clone()
            other[place] += step
            values.append(measured(made, other)[0].total)
        assert float(gradient[place]) == pytest.approx((values[0] - values[1]) / 2e-5, rel=1e-4, abs=1e-10)

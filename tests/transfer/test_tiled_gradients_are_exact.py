"""An image in tiles has the same losses and the same gradient as in one piece."""

import pytest
import torch
from torch.nn import functional

from tests.transfer.conftest import measured, objective_of
from tests.transfer.plainly import SIZE, STYLE_SIZES, VGG_WAYS, WAYS, apart, scene
from transfer.losses.anchor import Anchor
from transfer.recipes.style import StyleRecipe

TILE = 4600


def compare(network, recipe, seen, tile_pixels, tolerance=1e-9, keeps_content=True, anchors=()):
    content, styles, image = seen
    tiled, whole = (
        objective_of(network, recipe, content, styles, anchors, tile_pixels=pixels, keeps_content=keeps)
        for pixels, keeps in ((tile_pixels, keeps_content), (None, True))
    )
    assert len(tiled.tiles) > 1 == len(whole.tiles)
    (found, gradient), (wanted, expected) = (measured(objective, image) for objective in (tiled, whole))
    assert apart(gradient, expected) <= tolerance
    assert found.values() == pytest.approx(wanted.values(), rel=tolerance, abs=tolerance)
    return tiled, gradient, expected


@pytest.mark.parametrize("regions", [False, True], ids=["whole", "regions"])
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_in_tiles_losses_and_gradient_are_those_of_the_whole(exact_network, way, regions):
    compare(exact_network, StyleRecipe(**way), scene(torch.float64, regions=regions), TILE)


@pytest.mark.parametrize("normalised", [False, True])
def test_content_that_is_looked_at_anew_is_as_if_it_had_been_kept(exact_network, normalised):
    recipe = StyleRecipe(content_layers="relu1_1,relu3_1", normalize_gradients=normalised)
    tiled, *_ = compare(exact_network, recipe, scene(torch.float64), TILE, keeps_content=False)
    assert tiled.kept is None


@pytest.mark.parametrize("count", [1, 2])
def test_one_style_or_several_and_anchors_make_no_difference(exact_network, count):
    seen = scene(torch.float64, style_sizes=STYLE_SIZES[:count], regions=True)
    below = functional.avg_pool2d(seen[0].image, 2)
    anchors = [Anchor.of(below, 0.5), Anchor.of(below.flip(3), 1.0, 3.0)]
    compare(exact_network, StyleRecipe(), seen, TILE, anchors=anchors)


@pytest.mark.parametrize("size", [(97, 96), (98, 45), (51, 99), (211, 18)], ids=str)
def test_sides_that_the_stride_does_not_divide_make_no_difference(exact_network, size):
    compare(exact_network, StyleRecipe(), scene(torch.float64, size), 3600)


@pytest.mark.parametrize("way", VGG_WAYS, ids=str)
def test_through_vgg19_too_they_are_those_of_the_whole(exact_vgg19, way):
    recipe = StyleRecipe(backbone="vgg19", **way)
    compare(exact_vgg19(recipe), recipe, scene(torch.float64, (61, 47), ((40, 37),)), 1600)


def test_through_vgg19_to_its_deepest_layer_they_are_those_of_the_whole(exact_vgg19):
    recipe = StyleRecipe(backbone="vgg19", style_layers="relu5_1", content_layers="relu1_1")
    compare(exact_vgg19(recipe), recipe, scene(torch.float64, (487, 18), ((97, 33),)), 430 * 18)


def test_fewer_places_than_channels_make_no_difference(exact_network):
    """At relu3_1 there are 192 channels; the image has 22 x 6 places and the style 8 x 8."""
    for style_loss in ("w2", "gram"):
        compare(exact_network, StyleRecipe(style_loss=style_loss), scene(torch.float64, (89, 25), ((33, 34),)), 1900)


@pytest.mark.parametrize("regions", [False, True], ids=["whole", "regions"])
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_in_float32_they_differ_by_rounding_alone_and_not_more_near_borders_than_inside(network, way, regions):
    tiled, gradient, expected = compare(network, StyleRecipe(**way), scene(torch.float32, regions=regions), TILE, 1e-4)
    near = torch.zeros(gradient.shape[2:], dtype=torch.bool)
    for tile in tiled.tiles:
        (top, bottom), (left, right) = tile.rows, tile.columns
        for row in {top, bottom} - {0, SIZE[1]}:
            near[row - 2 : row + 2] = True
        for column in {left, right} - {0, SIZE[0]}:
            near[:, column - 2 : column + 2] = True
    error = (gradient - expected).square().mean(1)[0]
    assert 0.02 < near.float().mean() < 0.5
    assert error[near].mean().sqrt() <= 2 * error[~near].mean().sqrt()

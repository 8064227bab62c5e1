"""The local term gives every window the texture that the style has at its colour."""

import numpy
import pytest
import torch
from PIL import Image

from tests.transfer.conftest import iterations, measured, objective_of, strokes
from tests.transfer.plainly import scene
from transfer.images import to_picture
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage

WINDOW = 16  # px


def spreads(picture):
    """The standard deviation of lightness in each window, edge to edge."""
    grey = numpy.asarray(picture.convert("L"), dtype=float)
    rows, columns = (side // WINDOW for side in grey.shape)
    parts = grey[: rows * WINDOW, : columns * WINDOW].reshape(rows, WINDOW, columns, WINDOW)
    return parts.std(axis=(1, 3))


def painted(network, content, style, **settings):
    recipe = StyleRecipe(**{"image_size": 128, "num_iterations": 60} | settings)
    (*_, last) = iterations(StyleInputs(content, (style,)), recipe, network)
    return to_picture(last.image)


@pytest.mark.parametrize("colour", ["#808080", "#203060"])
def test_one_colour_takes_the_styles_texture_from_edge_to_edge(network, colour):
    style = strokes(128, 128)
    found = spreads(painted(network, Image.new("RGB", (128, 96), colour), style))
    assert numpy.median(found) > 0.5 * numpy.median(spreads(style))
    assert found.min() > 0.15 * numpy.median(spreads(style))


def test_with_it_the_plainest_window_has_more_texture_than_without(network, draw_content):
    content, style = draw_content(128, 96), strokes(128, 128)
    with_it, without = (spreads(painted(network, content, style, texture_weight=weight)) for weight in (3.0, 0.0))
    assert numpy.percentile(with_it, 10) > 1.1 * numpy.percentile(without, 10)


@pytest.mark.parametrize("regions", [False, True], ids=["whole", "regions"])
def test_the_gradient_agrees_with_finite_differences(exact_network, regions):
    content, styles, image = scene(torch.float64, regions=regions)
    image = 0.5 + 0.2 * (image - 0.5)

    def evaluated(at):
        losses, gradient = measured(objective_of(exact_network, StyleRecipe(content_weight=0), content, styles), at)
        return losses.terms["texture"], gradient

    step = 1e-8 * torch.randn(image.shape, generator=torch.Generator().manual_seed(3), dtype=image.dtype)
    without = measured(
        objective_of(exact_network, StyleRecipe(content_weight=0, texture_weight=0), content, styles), image
    )[1]
    gradient = evaluated(image)[1] - without
    difference = (evaluated(image + step)[0] - evaluated(image - step)[0]) / 2
    assert difference == pytest.approx(float((gradient * step).sum()), rel=1e-4)


def test_a_style_without_texture_asks_for_none(exact_network):
    content, _, image = scene(torch.float64)
    flat = GuidedImage(torch.full((1, 3, 64, 64), 0.4, dtype=torch.float64))
    losses, _ = measured(objective_of(exact_network, StyleRecipe(), content, [flat]), image)
    assert losses.terms["texture"] < 1e-6


def test_more_contrast_than_the_style_has_is_not_held_against_a_picture(exact_network):
    content, styles, image = scene(torch.float64)
    pale = [GuidedImage(0.5 + 0.05 * (style.image - 0.5)) for style in styles]
    losses, _ = measured(objective_of(exact_network, StyleRecipe(), content, pale), image)
    assert losses.terms["texture"] < 1e-3


def test_without_a_weight_nothing_is_looked_at():
    assert StyleRecipe(texture_weight=0).layers_for_texture == ()
    assert StyleRecipe().layers_for_texture == ("relu2_1", "relu3_1")

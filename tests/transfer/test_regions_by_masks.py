"""A style whose left half is red and whose right half is blue, over a content whose halves have the other labels."""

import numpy
import pytest
import torch
from PIL import Image

from transfer.images import scaled
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

RED, BLUE = (200, 50, 40), (40, 70, 200)
BORDER = 6  # pixels on both sides of the middle within the network's receptive field


def texture(ground, size):
    """A grainy picture of one hue."""
    grain = 60 * numpy.random.default_rng(0).normal(size=(size[1], size[0], 1))
    return Image.fromarray((numpy.array(ground) + grain).clip(0, 255).astype(numpy.uint8))


def halves(size, left, right):
    """A mask with one label on each side."""
    mask = Image.new("L", size, right)
    mask.paste(left, (0, 0, size[0] // 2, size[1]))
    return mask


def painted(network, inputs, **fields):
    recipe = StyleRecipe(**{"image_size": 64, "num_iterations": 3, "style_weight": 10, "regions": "masks"} | fields)
    return list(render(inputs, recipe, network))[-1].image


def redness(image):
    """How much redder than blue every pixel is, on the left and on the right."""
    found, middle = image[0, 0] - image[0, 2], image.shape[3] // 2
    return found[:, : middle - BORDER], found[:, middle + BORDER :]


@pytest.fixture
def style():
    sides = texture(RED, (80, 80))
    sides.paste(texture(BLUE, (40, 80)), (40, 0))
    return sides


@pytest.fixture
def inputs(content, style):
    return StyleInputs(content, (style,), content_mask=halves((96, 72), 3, 7), style_masks=(halves((80, 80), 7, 3),))


@pytest.mark.parametrize("style_loss", ["w2", "gram"])
def test_every_region_takes_the_colours_of_its_own_labels_style(network, inputs, style_loss):
    left, right = redness(painted(network, inputs, num_iterations=50, style_loss=style_loss))
    assert (left < 0).float().mean() > 0.75
    assert (right > 0).float().mean() > 0.75


def test_without_regions_both_sides_take_both(network, inputs):
    for side in redness(painted(network, inputs, num_iterations=50, regions="none")):
        assert 0.1 < (side > 0).float().mean() < 0.9


def test_each_region_may_have_a_style_picture_of_its_own(network, content):
    sizes = ((80, 80), (60, 90))
    styles = tuple(texture(ground, size) for ground, size in zip((RED, BLUE), sizes, strict=True))
    masks = tuple(Image.new("L", size, label) for label, size in zip((7, 3), sizes, strict=True))
    apart = StyleInputs(content, styles, content_mask=halves((96, 72), 3, 7), style_masks=masks)
    left, right = redness(painted(network, apart, num_iterations=50))
    assert (left < 0).float().mean() > 0.75
    assert (right > 0).float().mean() > 0.75


def test_one_region_over_everything_is_hardly_different_from_none(network, content, style):
    whole = StyleInputs(
        content, (style,), content_mask=Image.new("L", (96, 72), 5), style_masks=(Image.new("L", (80, 80), 5),)
    )
    guided, free = painted(network, whole), painted(network, whole, regions="none")
    assert (guided - free).abs().mean() < 1e-3 < 0.05 * (guided - scaled(content, (64, 48))).abs().mean()


def test_labels_are_only_names(network, inputs):
    renamed = StyleInputs(
        inputs.content, inputs.styles, content_mask=halves((96, 72), 0, 1), style_masks=(halves((80, 80), 1, 0),)
    )
    assert torch.equal(painted(network, renamed), painted(network, inputs))


@pytest.mark.parametrize("mode", ["P", "1"])
def test_an_indexed_mask_and_one_of_a_single_bit_are_masks(network, inputs, mode):
    content_mask, style_mask = halves((96, 72), 0, 1), halves((80, 80), 1, 0)
    if mode == "P":
        content_mask.putpalette([200, 10, 10, 200, 10, 10])  # the colours are equal, but only the labels count
        style_mask.putpalette([200, 10, 10, 200, 10, 10])
    else:
        content_mask, style_mask = (mask.point(lambda level: 255 * level, "1") for mask in (content_mask, style_mask))
    other = StyleInputs(inputs.content, inputs.styles, content_mask=content_mask, style_masks=(style_mask,))
    assert other.content_mask.mode == mode
    assert torch.equal(painted(network, other), painted(network, inputs))


def test_masks_that_the_recipe_does_not_ask_for_change_nothing(network, inputs):
    bare = StyleInputs(inputs.content, inputs.styles)
    assert torch.equal(painted(network, inputs, regions="none"), painted(network, bare, regions="none"))


def test_a_region_of_a_few_pixels_does_no_harm(network, inputs):
    content_mask = inputs.content_mask.copy()
    content_mask.putpixel((0, 0), 9)
    style_mask = inputs.style_masks[0].copy()
    style_mask.paste(9, (0, 0, 2, 2))
    speckled = StyleInputs(inputs.content, inputs.styles, content_mask=content_mask, style_masks=(style_mask,))
    image = painted(network, speckled)
    assert image.isfinite().all()
    assert (image - painted(network, inputs)).abs().mean() < 0.02

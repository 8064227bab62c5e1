"""A region of the content that no style has takes its style from whole pictures."""

import numpy
import pytest
import torch
from PIL import Image

from transfer.errors import MaskError
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.regions import UNGUIDED, UNUSED


def halves(size, left, right):
    """A mask with one label on each side."""
    mask = Image.new("L", size, right)
    mask.paste(left, (0, 0, size[0] // 2, size[1]))
    return mask


@pytest.fixture
def style():
    grain = 60 * numpy.random.default_rng(0).normal(size=(80, 80, 1))
    ground = numpy.zeros((80, 80, 3))
    ground[:, :40], ground[:, 40:] = (200, 50, 40), (40, 70, 200)  # red and blue
    return Image.fromarray((ground + grain).clip(0, 255).astype(numpy.uint8))


def painted(network, content, style, content_mask, style_mask, **fields):
    recipe = StyleRecipe(**{"image_size": 64, "num_iterations": 3, "style_weight": 10, "regions": "masks"} | fields)
    inputs = StyleInputs(content, (style,), content_mask=content_mask, style_masks=(style_mask,))
    return list(render(inputs, recipe, network))[-1].image


def test_an_unguided_content_is_painted_as_one_region_over_everything(network, content, style):
    one = painted(network, content, style, Image.new("L", (96, 72), 0), Image.new("L", (80, 80), 0))
    unguided = painted(network, content, style, Image.new("L", (96, 72), UNGUIDED), Image.new("L", (80, 80), UNUSED))
    assert torch.equal(one, unguided)


def test_the_unguided_side_takes_all_colours_and_the_other_its_own(network, content, style):
    masks = halves((96, 72), 1, UNGUIDED), halves((80, 80), UNUSED, 1)  # the left takes blue
    found = painted(network, content, style, *masks, num_iterations=50)
    redness = found[0, 0] - found[0, 2]
    assert (redness[:, :26] < 0).float().mean() > 0.75
    assert 0.1 < (redness[:, 38:] > 0).float().mean() < 0.9


def test_a_style_that_has_the_number_gives_it_as_any_other(network, content, style):
    plain = painted(network, content, style, halves((96, 72), 1, 2), halves((80, 80), 1, 2))
    numbered = painted(network, content, style, halves((96, 72), 1, UNGUIDED), halves((80, 80), 1, UNGUIDED))
    assert torch.equal(plain, numbered)


def test_a_style_cannot_be_unguided(content, style, network):
    with pytest.raises(MaskError, match="The content has no region for label 254 of the style masks"):
        painted(network, content, style, Image.new("L", (96, 72), 1), halves((80, 80), 1, UNGUIDED))

"""Several styles at once, and regions that each take their own."""

import numpy
import pytest
import torch
from PIL import Image, ImageChops

from tests.transfer.instant import apart, painted


@pytest.fixture
def other(style):
    return ImageChops.invert(style)


def test_a_style_that_counts_nothing_is_not_there(content, style, other):
    alone = painted(content, style, image_size=64)
    both = painted(content, style, other, image_size=64, style_blend_weights=(1.0, 0.0))
    assert torch.equal(alone, both)


def test_a_mixture_lies_between_its_styles(content, style, other):
    one, two, mixed = (
        painted(content, style, other, image_size=64, style_blend_weights=weights)
        for weights in ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
    )
    assert apart(mixed, one) < apart(one, two)
    assert apart(mixed, two) < apart(one, two)


def halves(size, left, right):
    """A picture whose halves differ, and a mask of them."""
    image, mask = Image.new("RGB", size, right), numpy.ones((size[1], size[0]), numpy.uint8)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    mask[:, : size[0] // 2] = 0
    return image, Image.fromarray(mask, "L")


def test_a_region_takes_the_colours_of_its_own_region_only(content):
    style, style_mask = halves((96, 96), "#d02020", "#2040d0")
    _, mask = halves(content.size, 0, 0)
    for masks in ((mask, style_mask), (mask, style_mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT))):
        image = painted(content, style, masks=masks, image_size=96, regions="masks")
        is_red_on_the_left = masks[1] is style_mask
        red = image[0, 0] - image[0, 2]
        left, right = float(red[:, :40].mean()), float(red[:, 56:].mean())
        assert (left > 0.3 and right < -0.3) if is_red_on_the_left else (left < -0.3 and right > 0.3)


def test_a_region_too_small_to_have_statistics_takes_the_whole_style(content, style):
    mask, style_mask = (Image.new("L", each.size, 0) for each in (content, style))
    for each in (mask, style_mask):
        each.paste(1, (0, 0, 2, 2))
    with_speck = painted(content, style, masks=(mask, style_mask), image_size=96, regions="masks")
    assert bool(with_speck.isfinite().all())
    assert apart(with_speck[..., 16:, 16:], painted(content, style, image_size=96)[..., 16:, 16:]) < 0.02


def test_regions_are_found_by_colour(content, style):
    found = painted(content, style, image_size=64, regions="automatic")
    assert apart(found, painted(content, style, image_size=64)) > 0.005

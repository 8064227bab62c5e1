"""Regions found by colour, in drawings whose regions anyone would find."""

import numpy
import pytest
from PIL import Image

from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.regions import automatic, labels

BLUE, GREEN = (60, 110, 210), (70, 150, 60)
DARK_BLUE, DARK_GREEN = (30, 50, 120), (40, 90, 50)


def grainy(image):
    grain = 8 * numpy.random.default_rng(0).normal(size=(image.height, image.width, 1))
    return Image.fromarray((numpy.asarray(image) + grain).clip(0, 255).astype(numpy.uint8))


@pytest.fixture
def shore():
    """Blue above, green below: 96 x 72 px."""
    image = Image.new("RGB", (96, 72), BLUE)
    image.paste(GREEN, (0, 40, 96, 72))
    return grainy(image)


@pytest.fixture
def leaves():
    """Green on the left, blue on the right, and both darker than those of the shore: 80 x 60 px."""
    image = Image.new("RGB", (80, 60), DARK_GREEN)
    image.paste(DARK_BLUE, (48, 0, 80, 60))
    return grainy(image)


def ruled():
    """Thin lines on paper, in which four colours are harder to find than three or five."""
    image = Image.new("RGB", (96, 72), "#f8f4e8")
    for row in range(0, 72, 12):
        image.paste("#203080", (0, row, 96, row + 1))
    return image


def most_common(mask, box):
    return numpy.bincount(numpy.asarray(mask.crop(box)).ravel()).argmax()


def test_blue_belongs_to_blue_and_green_to_green(shore, leaves):
    mask, (other,) = automatic(shore, [leaves], 2)
    sky, field = most_common(mask, (0, 0, 96, 36)), most_common(mask, (0, 44, 96, 72))
    assert sky != field
    assert most_common(other, (52, 0, 80, 60)) == sky
    assert most_common(other, (0, 0, 44, 60)) == field


def test_nearly_every_pixel_is_in_its_region(shore):
    mask, _ = automatic(shore, [shore], 2)
    above, below = (numpy.asarray(mask.crop(box)) for box in ((0, 0, 96, 36), (0, 44, 96, 72)))
    for part in (above, below):
        assert (part == numpy.bincount(part.ravel()).argmax()).mean() > 0.99


def test_in_a_grey_content_light_belongs_to_light_and_dark_to_dark():
    grey = Image.new("RGB", (60, 60), (205, 205, 205))
    grey.paste((50, 50, 50), (0, 30, 60, 60))
    coloured = Image.new("RGB", (60, 60), DARK_BLUE)
    coloured.paste((240, 220, 120), (0, 0, 20, 60))
    mask, (other,) = automatic(grey, [coloured], 2)
    light, dark = most_common(mask, (0, 0, 60, 24)), most_common(mask, (0, 36, 60, 60))
    assert light != dark
    assert most_common(other, (0, 0, 14, 60)) == light
    assert most_common(other, (26, 0, 60, 60)) == dark


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_all_pictures_have_the_same_labels_and_masks_of_their_own_size(content, style, shore, count):
    mask, others = automatic(content, [style, shore], count)
    assert [each.size for each in (mask, *others)] == [content.size, style.size, shore.size]
    assert 2 <= len(labels(mask)) <= count
    assert all(labels(other) == labels(mask) for other in others)


@pytest.mark.parametrize("turned", [False, True], ids=["as_style", "as_content"])
def test_all_have_the_same_labels_where_fewer_colours_are_asked_for_and_fewer_still_are_found(content, turned):
    pictures = [ruled(), content] if turned else [content, ruled()]
    mask, (other,) = automatic(pictures[0], pictures[1:], 5)
    assert labels(mask) == labels(other)


@pytest.mark.parametrize("size", [(1, 1), (40, 60), (600, 3)], ids=str)
def test_a_flat_picture_has_one_region_and_so_have_the_others(content, size):
    flat = Image.new("RGB", size, "#406080")
    for pictures in ((flat, content), (content, flat)):
        mask, (other,) = automatic(pictures[0], [pictures[1]], 4)
        assert len(labels(mask)) == 1
        assert labels(mask) == labels(other)


def test_the_same_pictures_have_the_same_regions_twice(content, style):
    first, second = (automatic(content, [style], 3) for _ in range(2))
    assert first[0].tobytes() == second[0].tobytes()
    assert first[1][0].tobytes() == second[1][0].tobytes()


def test_a_picture_looked_at_much_smaller_has_a_mask_of_its_own_size(shore, leaves):
    large = shore.resize((960, 720))
    mask, (other,) = automatic(large, [leaves], 2)
    assert mask.size == (960, 720)
    assert most_common(mask, (0, 0, 960, 360)) == most_common(other, (52, 0, 80, 60))


@pytest.mark.parametrize("flat", [False, True])
def test_a_render_can_find_its_regions_itself(network, shore, leaves, flat):
    style = Image.new("RGB", (50, 50), "#808080") if flat else leaves
    images = [
        list(
            render(StyleInputs(shore, (style,)), StyleRecipe(image_size=64, num_iterations=3, regions=regions), network)
        )[-1].image
        for regions in ("automatic", "none")
    ]
    assert images[0].isfinite().all()
    assert ((images[0] - images[1]).abs().mean() < 1e-3) == flat

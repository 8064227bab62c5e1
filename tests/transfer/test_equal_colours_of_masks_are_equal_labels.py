"""Of masks with the same colours in another order of their palettes, the colours decide."""

import numpy
import pytest
from PIL import Image

from transfer.style.regions import agreed

SKY, LAND, SEA, ICE = (90, 140, 230), (60, 120, 50), (20, 60, 120), (240, 250, 255)


def indexed(colours, values, size=(8, 4)):
    """A mask whose columns have these values, with these colours in its palette."""
    columns = numpy.array(values, numpy.uint8)[numpy.arange(size[0]) * len(values) // size[0]]
    mask = Image.fromarray(columns[None].repeat(size[1], 0), "P")
    mask.putpalette([part for colour in colours for part in colour])
    return mask


def values(mask):
    return list(dict.fromkeys(numpy.asarray(mask)[0].tolist()))


def test_the_first_masks_labels_stay_and_the_others_follow_its_colours():
    content, style = indexed([SKY, LAND, SEA], [0, 1, 2]), indexed([SEA, SKY, LAND], [0, 1, 2])
    assert [values(mask) for mask in agreed([content, style])] == [[0, 1, 2], [2, 0, 1]]


def test_of_several_styles_each_follows():
    masks = [indexed([SKY, LAND], [0, 1]), indexed([LAND, SKY], [0, 1]), indexed([ICE, SKY, LAND], [1, 2])]
    assert [values(mask) for mask in agreed(masks)] == [[0, 1], [1, 0], [0, 1]]


def test_a_colour_that_only_a_style_has_gets_a_label_of_its_own():
    content, style = indexed([SKY, LAND], [0, 1]), indexed([LAND, SKY, ICE], [0, 1, 2])
    assert [values(mask) for mask in agreed([content, style])] == [[0, 1], [1, 0, 2]]
    content, style = indexed([SKY, LAND], [0, 1]), indexed([ICE, SKY], [0, 1])
    assert [values(mask) for mask in agreed([content, style])] == [[0, 1], [2, 0]]


@pytest.mark.parametrize(
    "other",
    [
        indexed([SKY, LAND, SEA], [0, 1, 2]),
        indexed([ICE, (1, 2, 3), (4, 5, 6)], [0, 1, 2]),
        indexed([SEA, SEA, SKY], [0, 1, 2]),
        indexed([SEA], [0, 1, 2]),
        indexed([SEA, SKY, LAND], [0, 1, 2]).convert("L"),
    ],
    ids=["the same order", "other colours", "one colour twice", "a short palette", "greys"],
)
def test_otherwise_values_decide(other):
    content = indexed([SKY, LAND, SEA], [0, 1, 2])
    for given, found in zip([content, other], agreed([content, other]), strict=True):
        assert numpy.array_equal(numpy.asarray(given), numpy.asarray(found))


def test_colours_that_do_not_occur_do_not_count():
    content, style = indexed([SKY, LAND, SEA], [0, 1]), indexed([SKY, LAND, ICE, SEA], [0, 1])
    assert [values(mask) for mask in agreed([content, style])] == [[0, 1], [0, 1]]

"""What lies along the borders of a style's places is of neither side: no shore is taken for the sea."""

import numpy
import pytest

from transfer.labels import Label, LabelMap
from transfer.style.matching import match
from transfer.style.regions import UNUSED


@pytest.fixture(scope="module")
def style():
    """The style's mask, 512 px, of a lake of 200 px in a plain that a river of 10 px crosses, matched to a map."""
    values = numpy.full((512, 512), Label.PLAIN, numpy.uint8)
    values[100:300, 100:300] = Label.DEEP_WATER
    values[:, 400:410] = Label.WATER
    labels = LabelMap.of(values)
    return labels, numpy.asarray(match(labels, [labels]).styles[0])


def taken(style, label):
    """Where a label is, and where it is taken."""
    labels, mask = style
    where = labels.values == label
    (number, *others) = set(numpy.unique(mask[where])) - {UNUSED}
    assert not others
    return where, mask == number


def test_the_inside_of_a_lake_is_taken_and_its_shore_is_not(style):
    _, found = taken(style, Label.DEEP_WATER)

    assert found[112:288, 112:288].all()
    assert not found[100:106].any()
    assert not found[:, 294:].any()


def test_the_shore_is_not_taken_for_land_either(style):
    _, found = taken(style, Label.PLAIN)

    assert not found[94:100, 100:300].any()
    assert found[:80, :380].all()


def test_a_river_that_is_all_shore_is_taken_as_it_is(style):
    where, found = taken(style, Label.WATER)

    assert (where == found).mean() > 0.99
    assert found[where].mean() > 0.7


def test_the_map_itself_is_painted_up_to_its_borders():
    labels = LabelMap.of(numpy.repeat(numpy.array([[Label.WATER, Label.PLAIN]], numpy.uint8), 200, 1).repeat(400, 0))

    assert UNUSED not in numpy.asarray(match(labels, [labels]).content)

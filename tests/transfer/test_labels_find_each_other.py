"""Labels of content and styles are matched by name, with the nearest where one is missing."""

import numpy
import pytest

from transfer.labels import Label, LabelMap
from transfer.style.matching import NEAREST, match
from transfer.style.regions import UNGUIDED, UNUSED, check_labels

WATER = {Label.WATER, Label.DEEP_WATER}


def stripes(*labels, width=10):
    """A map with one stripe for each label."""
    return LabelMap.of(numpy.repeat(numpy.array(labels, dtype=numpy.uint8), width)[None].repeat(8, 0))


def specked(main, speck):
    """A map of one label, but for two thousandths of it."""
    values = numpy.full((20, 50), main, numpy.uint8)
    values[0, :2] = speck
    return LabelMap.of(values)


def test_the_same_names_take_each_other_whatever_their_numbers():
    content = LabelMap(numpy.array([[5, 9]], dtype=numpy.uint8), {5: "water", 9: "ice"})
    style = LabelMap(numpy.array([[9, 5]], dtype=numpy.uint8), {9: "water", 5: "ice"})
    found = match(content, [style])
    assert found.takes == {"water": "water", "ice": "ice"}
    assert numpy.asarray(found.content).tolist() == numpy.asarray(found.styles[0]).tolist()


def test_every_pair_of_maps_gives_masks_that_belong_together():
    random = numpy.random.default_rng(0)
    for _ in range(200):
        content, style, other = (stripes(*random.choice(8, random.integers(1, 9), replace=False)) for _ in range(3))
        for styles in ([style], [style, other]):
            found = match(content, styles)
            check_labels(found.content, found.styles)
            assert set(found.takes).isdisjoint(found.unguided)
            assert set(found.takes) | set(found.unguided) == set(content.names.values())


def test_never_water_for_land_nor_land_for_water():
    for label, nearest in NEAREST.items():
        assert all((label in WATER) == (other in WATER) for other in nearest)
    found = match(stripes(Label.WATER, Label.PLAIN), [stripes(Label.DESERT)])
    assert found.unguided == ("water",)


@pytest.mark.parametrize(
    ("missing", "there", "taken"),
    [
        (Label.ICE, (Label.MOUNTAIN, Label.PLAIN), "mountain"),
        (Label.ICE, (Label.PLAIN, Label.FOREST), "plain"),
        (Label.DEEP_WATER, (Label.WATER, Label.PLAIN), "water"),
        (Label.WATER, (Label.DEEP_WATER, Label.PLAIN), "deep water"),
        (Label.FOREST, (Label.PLAIN, Label.DESERT), "plain"),
        (Label.CITY, (Label.DESERT, Label.WATER), "desert"),
    ],
)
def test_the_nearest_is_taken_where_a_name_is_missing(missing, there, taken):
    assert match(stripes(missing), [stripes(*there)]).takes == {missing.title: taken}


def test_what_has_no_counterpart_is_unguided_and_what_nobody_takes_is_unused():
    found = match(stripes(Label.WATER, Label.DESERT), [stripes(Label.WATER, Label.ICE)])
    assert numpy.unique(numpy.asarray(found.content)).tolist() == [0, UNGUIDED]
    assert numpy.unique(numpy.asarray(found.styles[0])).tolist() == [0, UNUSED]


def test_a_speck_goes_with_what_is_nearest_to_it_in_the_content():
    both = stripes(Label.WATER, Label.DEEP_WATER)
    assert match(specked(Label.WATER, Label.DEEP_WATER), [both]).takes == {"water": "water", "deep water": "water"}


def test_a_speck_of_a_style_is_not_taken():
    assert match(stripes(Label.WATER), [specked(Label.DEEP_WATER, Label.WATER)]).takes == {"water": "deep water"}


def test_names_that_nobody_knows_match_themselves_only():
    content = LabelMap(numpy.array([[0, 1]], dtype=numpy.uint8), {0: "lava", 1: "swamp"})
    style = LabelMap(numpy.array([[3, 4]], dtype=numpy.uint8), {3: "lava", 4: "dune"})
    found = match(content, [style])
    assert (found.takes, found.unguided) == ({"lava": "lava"}, ("swamp",))


def test_it_is_said_in_words():
    content = stripes(Label.WATER, Label.WATER, Label.WATER, Label.ICE, Label.ICE, Label.DESERT)
    assert match(content, [stripes(Label.WATER, Label.MOUNTAIN)]).sentences() == [
        "Water takes water, ice takes mountain, desert takes mountain."
    ]
    style = stripes(Label.WATER, Label.ICE)
    assert match(content, [style]).sentences() == [
        "Water takes water, ice takes ice.",
        "Nothing in the style is like desert: it is painted unguided.",
    ]
    content = stripes(Label.DESERT, Label.DESERT, Label.CITY)
    assert match(content, [style, style]).sentences() == [
        "Nothing in the styles is like desert or city: they are painted unguided."
    ]


def test_many_that_take_their_own_kind_are_said_together():
    style = stripes(Label.WATER, Label.FOREST, Label.DESERT, Label.PLAIN)
    content = stripes(Label.WATER, Label.WATER, Label.WATER, Label.FOREST, Label.FOREST, Label.DESERT, Label.CITY)
    assert match(content, [style]).sentences() == ["Water, forest and desert take their like, city takes plain."]

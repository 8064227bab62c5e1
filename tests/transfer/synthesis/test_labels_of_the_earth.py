"""The Earth knows its water, its ice, its deserts and its forests."""

import numpy
import pytest
from scipy import ndimage

from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.earth import EarthRecipe

MOSTLY = {
    "sahara": ("desert", 0.7),
    "greenland": ("ice", 0.35),
    "amazon": ("forest", 0.7),
    "tibet": ("mountain", 0.6),
    "bahamas": ("deep water", 0.5),
    "persian-gulf": ("desert", 0.3),
}


def labelled(size=96, **fields):
    recipe = EarthRecipe(image_size=size, **fields)
    return finish(generator_of(recipe).make(recipe)).labels


@pytest.mark.parametrize("place", MOSTLY)
def test_a_place_is_what_everybody_knows_it_to_be(place):
    name, least = MOSTLY[place]
    assert labelled(place=place).shares().get(name, 0) > least


def test_lakes_are_water():
    lake = labelled(west=-87.6, south=42, east=-86.5, north=44)  # Lake Michigan
    assert lake.shares()["water"] > 0.8


@pytest.mark.parametrize("place", ["sahara", "nile-delta", "arabia", "red-sea"])
def test_bright_coasts_are_no_ice(place):
    assert labelled(place=place).shares().get("ice", 0) < 0.001


def test_no_tree_grows_on_svalbard():
    assert "forest" not in labelled(place="svalbard").shares()


def test_shelves_are_shallow_and_basins_deep():
    found = labelled(west=-5, south=44, east=9, north=60)  # the North Sea
    assert found.shares()["water"] > 10 * found.shares().get("deep water", 0)


def test_there_are_few_speckles():
    values = labelled(size=384, place="norway").values
    for label in (Label.WATER, Label.FOREST, Label.ICE):
        patches, count = ndimage.label(values == label)
        small = (numpy.bincount(patches.ravel())[1:] < 4).sum()
        assert small <= count / 3


def test_large_labels_are_small_ones_with_smooth_borders():
    small, large = labelled(size=768, place="italy"), labelled(size=1536, place="italy")
    near = large.values[::2, ::2][: small.values.shape[0], : small.values.shape[1]]
    assert (near == small.values[: near.shape[0], : near.shape[1]]).mean() > 0.97

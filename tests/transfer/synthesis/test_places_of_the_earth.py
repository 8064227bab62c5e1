"""The places that have names."""

from typing import get_args

import pytest

from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.places import PLACES, Name


def test_there_are_many_and_each_can_be_asked_for():
    assert len(PLACES) >= 40
    assert set(PLACES) == set(get_args(Name))


def test_they_are_in_the_order_of_the_alphabet():
    assert list(PLACES) == sorted(PLACES)


def test_no_two_have_one_title():
    assert len({place.title for place in PLACES.values()}) == len(PLACES)


@pytest.mark.parametrize("name", PLACES)
def test_its_box_could_be_asked_for_too_and_is_no_strip(name):
    box = PLACES[name].box
    recipe = EarthRecipe(west=box.west, south=box.south, east=box.east, north=box.north)
    assert recipe.box == box
    assert 0.5 < box.ratio < 2.1

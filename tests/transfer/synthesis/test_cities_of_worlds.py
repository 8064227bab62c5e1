"""Cities stand on land, where people would live."""

import math

import numpy
import pytest

from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe


@pytest.fixture(scope="module")
def land():
    return finish(terrain(WorldRecipe(image_size=256, seed=1, cities=12)))


def test_cities_are_labelled(land):
    assert 3 <= len(land.cities) <= 12
    for x, y in land.cities:
        around = land.labels.values[max(int(y) - 4, 0) : int(y) + 5, max(int(x) - 4, 0) : int(x) + 5]
        assert (around == Label.CITY).any()


def test_no_city_stands_in_water(land):
    assert not land.is_water[land.labels.values == Label.CITY].any()


def test_cities_keep_apart(land):
    assert len(land.cities) > 1
    for number, one in enumerate(land.cities):
        assert all(math.dist(one, other) > 12 for other in land.cities[number + 1 :])


def test_most_cities_are_by_the_sea_or_a_river(land):
    near = land.is_water.copy()
    for river in land.rivers:
        x, y = numpy.clip(river.points.astype(int), 0, 255).T
        near[y, x] = True
    close = sum(near[max(int(y) - 6, 0) : int(y) + 7, max(int(x) - 6, 0) : int(x) + 7].any() for x, y in land.cities)
    assert close >= 0.7 * len(land.cities)


def test_a_world_can_have_none():
    land = finish(terrain(WorldRecipe(image_size=128, seed=1, cities=0)))
    assert land.cities == ()
    assert "city" not in land.labels.shares()

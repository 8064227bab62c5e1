"""A map that only says what its places are gets heights and weather that go with them."""

import numpy
import pytest

from tests.pictures import as_bytes
from tests.transfer.synthesis.heightmaps import continent, given, in_colours
from tests.transfer.synthesis.lands import plain_of
from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.generators import OWN_MAP
from transfer.synthesis.land.lifting import climate_of, lifted
from transfer.synthesis.recipes.own_map import OwnMapRecipe


@pytest.fixture(scope="module")
def height():
    return lifted(continent(), (200, 150))


def test_water_lies_below_the_sea_and_land_above(height):
    assert numpy.array_equal(height < 0, continent() <= Label.WATER)


def test_mountains_are_higher_than_plains(height):
    means = {label: height[continent() == label].mean() for label in (Label.MOUNTAIN, Label.PLAIN)}
    assert means[Label.MOUNTAIN] > 2 * means[Label.PLAIN]


def test_dark_water_is_deeper(height):
    assert height[continent() == Label.DEEP_WATER].mean() < 2 * height[continent() == Label.WATER].mean()


def test_land_rises_from_its_coast(height):
    plain = continent() == Label.PLAIN
    coast = plain & (numpy.roll(continent() == Label.WATER, -3, axis=1))
    assert height[coast].mean() < height[plain].mean()


def test_coasts_are_the_same_at_every_size():
    large = lifted(continent(), (600, 450))
    small = large.reshape(150, 3, 200, 3)[:, 1, :, 1]
    assert ((small < 0) == (continent() <= Label.WATER)).mean() > 0.99


def test_weather_goes_with_the_places():
    labels = continent()
    land = climate_of(labels, plain_of(numpy.full(labels.shape, 100), Label.PLAIN))
    wet = {label: land.moisture[labels == label].mean() for label in Label if label != Label.CITY}
    assert wet[Label.DESERT] < wet[Label.PLAIN] < wet[Label.FOREST]
    assert land.temperature[labels == Label.ICE].mean() < -5


def test_a_look_shows_the_places_of_the_map():
    recipe = OwnMapRecipe(image_size=200, look="biomes", cities=0)
    made = finish(OWN_MAP.make(recipe, given(as_bytes(in_colours(continent())))))
    assert (made.labels.values == continent()).mean() > 0.97
    colours = numpy.asarray(made.picture).astype(int)
    forest, desert = (colours[continent() == each].mean(axis=0) for each in (Label.FOREST, Label.DESERT))
    assert desert[0] > forest[0] + 50

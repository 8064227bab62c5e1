"""Pixel art says what is sea and what is land, so that a map's sea takes its sea."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.style.matching import match
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import Made
from transfer.synthesis.recipes.land import IslandRecipe
from transfer.synthesis.starters import STARTERS

WATER = ("deep water", "water")


@pytest.fixture(scope="module")
def art() -> Made:
    recipe = STARTERS["pixels"].with_changes(image_size=256)
    return finish(generator_of(recipe).make(recipe))


def test_its_water_is_blue_and_its_land_is_not(art: Made) -> None:
    assert art.labels is not None
    red, _, blue = numpy.moveaxis(numpy.asarray(art.picture, dtype=int), 2, 0)
    is_water = numpy.isin(art.labels.values, [value for value, name in art.labels.names.items() if name in WATER])
    is_blue = blue > red + 40
    assert is_blue[is_water].mean() > 0.9
    assert is_blue[~is_water].mean() < 0.1


def test_the_sea_of_a_map_takes_its_sea(art: Made) -> None:
    recipe = IslandRecipe(seed=3, image_size=256)
    island = finish(generator_of(recipe).make(recipe))
    assert island.labels is not None
    assert art.labels is not None
    takes = match(island.labels, [art.labels]).takes
    assert all((name in WATER) == (other in WATER) for name, other in takes.items())
    assert set(takes) >= {*WATER, "forest"}

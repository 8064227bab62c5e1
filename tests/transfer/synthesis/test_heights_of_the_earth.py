"""Heights come from the colours of a terrain map."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.earth import atlas
from transfer.synthesis.earth.elevation import heights
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe

KNOWN = {  # longitude, latitude, metres
    "the Ganges plain": (85, 25.8, 60),
    "the Tarim basin": (82, 39, 1100),
    "Tibet": (88, 32.5, 5000),
    "the Kalahari": (22, -23, 1000),
    "the Amazon": (-60, -3.2, 50),
    "the Colorado plateau": (-108, 36.2, 2000),
    "the North Sea": (3, 56, -60),
    "the Gulf of Mexico": (-90, 25, -3500),
    "the Atlantic": (-60, 25, -5800),
    "the middle of Greenland": (-40, 72, 3000),
    "Lake Michigan": (-87, 43, 180),
}


def metres(box, size=96):
    shape = box.size(size)
    return heights(atlas.crop("terrain", box, shape), atlas.surface(box, shape), box)


@pytest.mark.parametrize("name", KNOWN)
def test_known_heights_are_about_right(name):
    longitude, latitude, known = KNOWN[name]
    found = metres(Box(longitude - 5, latitude - 5, longitude + 5, latitude + 5))
    middle = found[found.shape[0] // 2 - 3 :, found.shape[1] // 2 - 3 :][:6, :6]
    assert float(numpy.median(middle)) == pytest.approx(known, abs=250 + 0.2 * abs(known))


def test_land_is_above_the_sea_and_sea_below():
    box = Box(6, 36, 20, 47)
    found = metres(box)
    on = atlas.surface(box, box.size(96))
    assert (found[on == atlas.SEA] < 0).all()
    assert (found[on != atlas.SEA] > 0).all()


def test_the_level_of_the_sea_parts_them_in_the_picture_too():
    recipe = EarthRecipe(place="italy", image_size=96)
    found = finish(generator_of(recipe).make(recipe))
    is_water = numpy.isin(found.labels.values, (0, 1))
    assert ((found.height < found.sea) == is_water).mean() > 0.97


def test_a_coast_is_no_range_of_mountains():
    found = metres(Box(-92, 41, -76, 49))  # the Great Lakes, where land and water mix in many pixels
    assert found.max() < 1200

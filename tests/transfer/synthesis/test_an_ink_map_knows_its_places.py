"""An ink map says what is sea and what is land, so that a map's sea takes its sea."""

import numpy

from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.starters import STARTERS

WATER = ("deep water", "water")


def test_its_water_is_tinted_colder_than_its_land():
    recipe = STARTERS["ink"].with_changes(image_size=256)
    made = finish(generator_of(recipe).make(recipe))
    assert made.labels is not None
    assert set(made.labels.names.values()) == {*WATER, "plain", "forest", "mountain"}
    red, _, blue = numpy.moveaxis(numpy.asarray(made.picture, dtype=int), 2, 0)
    is_water = numpy.isin(made.labels.values, [value for value, name in made.labels.names.items() if name in WATER])
    warmth = red - blue
    assert warmth[is_water].mean() < warmth[~is_water].mean() / 4

"""The right edge of a world that goes round meets the left."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe


@pytest.fixture(scope="module")
def globe():
    return finish(terrain(WorldRecipe(image_size=384, shape="2:1", wraps=True, land=0.6, north=90, south=-90, seed=2)))


@pytest.mark.parametrize("field", ["height", "temperature", "moisture"])
def test_the_seam_is_no_rougher_than_the_inside(globe, field):
    values = getattr(globe, field).astype(float)
    steps = numpy.abs(numpy.diff(values, axis=1, append=values[:, :1])).mean(axis=0)
    assert steps[-1] <= numpy.percentile(steps[:-1], 95)


def test_labels_go_on_across_the_seam(globe):
    labels = globe.labels.values
    changes = (labels != numpy.roll(labels, -1, axis=1)).mean(axis=0)
    assert changes[-1] <= numpy.percentile(changes[:-1], 97)


def test_a_river_that_crosses_the_seam_is_there_on_both_sides():
    land = finish(terrain(WorldRecipe(image_size=256, shape="2:1", wraps=True, land=0.8, rivers=1.0, seed=1)))
    across = land.height.shape[1]
    crossing = [river for river in land.rivers if river.points[:, 0].min() < 0 or river.points[:, 0].max() > across]
    assert crossing
    for river in crossing:
        sides = {
            round(float(other.points[0, 0] - river.points[0, 0]))
            for other in land.rivers
            if len(other.points) == len(river.points)
        }
        assert sides & {across, -across}

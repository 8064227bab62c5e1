"""Finer noise moves coasts in large pictures; no river stops short of the sea for that."""

import numpy
import pytest
from scipy import ndimage

from transfer.pausing import finish
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe

SEEN, A_POND = 4, 60  # pixels: how near a river's end is seen to touch, and what is more than its own bed


@pytest.fixture(scope="module")
def land():
    return finish(terrain(WorldRecipe(image_size=2048, seed=2)))


def test_each_ends_at_a_piece_of_water_or_at_another_river(land):
    pieces, _ = ndimage.label(land.is_water)
    sizes = numpy.bincount(pieces.ravel())
    sizes[0] = 0

    def touches_water(end):
        x, y = end.astype(int)
        return sizes[pieces[max(0, y - SEEN) : y + SEEN + 1, max(0, x - SEEN) : x + SEEN + 1]].max() > A_POND

    def touches_a_river(end, own):
        return any(numpy.abs(each.points - end).max(axis=1).min() <= SEEN for each in land.rivers if each is not own)

    assert land.rivers
    for river in land.rivers:
        end = river.points[-1]
        assert touches_water(end) or touches_a_river(end, river), end

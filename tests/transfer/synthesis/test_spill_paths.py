"""Water finds its way to the sea over the lowest pass out of every hollow."""

import heapq

import numpy
import pytest

from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.land.drainage import drained

STEPS = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]


def flooded(height, wraps):
    """Priority flood (Barnes et al. 2014): the highest place on the lowest way to the sea."""
    rows, columns = height.shape
    way = numpy.full(height.shape, numpy.inf)
    way[height < 0] = 0
    queue = [(0.0, int(row), int(column)) for row, column in zip(*numpy.nonzero(height < 0), strict=True)]
    heapq.heapify(queue)
    while queue:
        level, row, column = heapq.heappop(queue)
        for down, right in STEPS:
            y, x = row + down, (column + right) % columns if wraps else column + right
            if 0 <= y < rows and 0 <= x < columns and way[y, x] > max(level, height[y, x]):
                way[y, x] = max(level, height[y, x])
                heapq.heappush(queue, (float(way[y, x]), y, x))
    return way


def highest_on_the_way(height, drainage):
    levels = height.ravel()[drainage.places]
    levels[0] = 0
    for level in drainage.levels():
        levels[level] = numpy.maximum(levels[level], levels[drainage.receivers[level]])
    return drainage.on_grid(levels)


@pytest.mark.parametrize("wraps", [False, True])
def test_they_are_those_of_priority_flood(wraps):
    height = 100 * octaves((48, 64), 5, 3, 4, 0.7, wraps)
    found = highest_on_the_way(height, drained(height, wraps))
    assert numpy.array_equal(found, numpy.where(height < 0, 0, flooded(height, wraps)).astype(numpy.float32))


def test_land_without_hollows_drains_down_the_steepest_way():
    height = numpy.add.outer(numpy.zeros(5), numpy.arange(6.0) - 0.5).astype(numpy.float32)
    found = drained(height)
    assert numpy.array_equal(found.places[found.receivers[6:]], found.places[6:] - 1)
    assert numpy.array_equal(found.mouths[1:6], found.places[1:6] - 1)


def test_flat_land_drains_too():
    height = numpy.full((20, 20), 5, numpy.float32)
    height[0, 0] = -1
    assert len(drained(height).places) == 400


def test_land_without_sea_drains_to_its_lowest_place():
    height = numpy.arange(30, 60, dtype=numpy.float32).reshape(5, 6)
    found = drained(height)
    assert 0 not in found.places
    assert len(found.places) == 30


def test_what_runs_into_the_sea_is_what_fell_on_land():
    found = drained(100 * octaves((40, 40), 4, 1, 4, 0.6))
    rain = numpy.full(len(found.places), 3)
    assert found.gathered(rain)[0] == rain.sum()

"""On the picture's own heights, each river falls from spring to mouth and ends in water."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.land import island
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe

WORLDS = [
    WorldRecipe(image_size=256, seed=1),
    WorldRecipe(image_size=320, seed=2, rivers=1.0, roughness=1.0),
    WorldRecipe(image_size=300, seed=3, shape="2:1", wraps=True, rivers=1.0),
    WorldRecipe(image_size=256, seed=4, land=0.9, shape="3:4"),
]


@pytest.fixture(params=range(len(WORLDS) + 1), scope="module")
def land(request):
    if request.param == len(WORLDS):
        return finish(island.terrain(IslandRecipe(image_size=256, seed=5, rivers=1.0)))
    return finish(terrain(WORLDS[request.param]))


def pixels(land, river):
    rows, columns = land.height.shape
    x, y = numpy.floor(river.points).astype(int).T
    return numpy.clip(y, 0, rows - 1), x % columns if land.wraps else numpy.clip(x, 0, columns - 1)


def test_no_river_runs_uphill(land):
    assert land.rivers
    for river in land.rivers:
        assert numpy.diff(land.height[pixels(land, river)]).max() <= 0


def test_every_river_ends_in_water_or_in_another_river(land):
    beds = numpy.zeros(land.height.shape, bool)
    for river in land.rivers:
        rows, columns = pixels(land, river)
        beds[rows[:-1], columns[:-1]] = True
    for river in land.rivers:
        row, column = (int(each[-1]) for each in pixels(land, river))
        around = beds[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        assert land.is_water[row, column] or around.any()


def test_rivers_reach_the_sea(land):
    assert any(land.height[pixels(land, river)][-1] < 0 for river in land.rivers)


def test_rivers_grow_on_their_way(land):
    for river in land.rivers:
        assert len(river.widths) == len(river.points)
        assert numpy.diff(river.widths).min() >= 0

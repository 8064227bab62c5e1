"""No river runs straight on for more than twenty cells of the grid that it was found on."""

import numpy

from transfer.pausing import finish
from transfer.synthesis.land.valleys import grids
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe

RUN = 20  # cells
OFF = 0.25  # cells from the chord, for a run not to be straight


def bend(points):
    """How far the points (N, 2) are from the line between the first and the last."""
    along = points[-1] - points[0]
    away = points - points[0]
    return numpy.abs(away[:, 0] * along[1] - away[:, 1] * along[0]).max() / max(numpy.hypot(*along), 1e-9)


def test_every_stretch_of_twenty_cells_leaves_its_chord():
    recipe = WorldRecipe(image_size=512, seed=6, rivers=1.0)
    land = finish(terrain(recipe))
    cell = recipe.image_size / max(grids(recipe.size)[-1])
    tried = 0
    for river in land.rivers:
        points = river.points / cell
        travelled = numpy.concatenate([[0], numpy.cumsum(numpy.hypot(*numpy.diff(points, axis=0).T))])
        for start in range(0, len(points), 5):
            end = int(numpy.searchsorted(travelled, travelled[start] + RUN))
            if end < len(points):
                tried += 1
                assert bend(points[start : end + 1]) > OFF
    assert tried > 50

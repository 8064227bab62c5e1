"""Where the sea begins, to parts of a pixel."""

import numpy

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.grids import smudged
from transfer.synthesis.terrain import Terrain

FAR = numpy.float32(1e4)  # pixels


class Shore:
    """The shore of a land's sea. What is flat and hardly above the sea, but not beside it, is land all the same."""

    def __init__(self, terrain: Terrain) -> None:
        height, width = terrain.height.shape
        radius = max(1.0, max(width, height) / 1000)
        self.land = smudged(terrain.height >= 0, radius, terrain.wraps)

    def away(self, rows: slice, height: Field, across: Field, down: Field) -> Field:
        """How many pixels (H, W) it is to the sea's edge, negative in the sea; right near it, and large elsewhere.

        `across` and `down` are the slopes of `height` in these rows.
        """
        slope = numpy.abs(across) + numpy.abs(down) + numpy.float32(1e-3)
        land = self.land[rows]
        found = numpy.where(land == 255, FAR, numpy.where(land == 0, -FAR, height / slope))
        return numpy.asarray(found, dtype=numpy.float32)

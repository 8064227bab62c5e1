"""Coasts and valleys bent a little, so that nothing follows the grid that they were made on."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.lattice import lattice
from transfer.synthesis.noise import Field
from transfer.synthesis.resample import Taps, weighed

BENDS = ((5, 0.5), (9, 0.7), (22, 1.6))  # how long in cells, and how far in cells


@dataclass(frozen=True)
class Bends:
    """The picture shows at each place of a coarse grid what lies `x`, `y` (h, w) cells further right and down."""

    x: Field
    y: Field
    wraps: bool

    def strip(self, rows: Taps, columns: Taps) -> tuple[Field, Field]:
        """How far some rows and columns are bent, in cells."""
        return weighed(self.x, rows, columns), weighed(self.y, rows, columns)

    def shown(self, points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """Where the picture shows what lies at the points (N, 2), x and y in cells."""
        mode = "grid-wrap" if self.wraps else "nearest"
        found = points
        for _ in range(5):
            at = numpy.stack([numpy.clip(found[:, 1], 0, self.x.shape[0] - 1), found[:, 0]])
            by = [ndimage.map_coordinates(each, at, numpy.float64, order=1, mode=mode) for each in (self.x, self.y)]
            found = points - numpy.stack(by, axis=1)
        return found


def bends(shape: tuple[int, int], seed: int, wraps: bool) -> Bends:
    """Bends of a grid (h, w)."""
    x, y = (
        numpy.asarray(
            sum(
                numpy.float32(far) * lattice(shape, max(shape) / long, seed + 50 * number + axis, wraps)
                for number, (long, far) in enumerate(BENDS)
            ),
            dtype=numpy.float32,
        )
        for axis in range(2)
    )
    return Bends(x, y, wraps)

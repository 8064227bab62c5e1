"""Coasts and valleys bent a little, so that nothing follows the grid that they were made on."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.lattice import lattice
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.resample import Taps, weighed

# How many bends lie side by side along the long side, and how far they reach in parts of it: at every size the same.
BENDS = ((23, 0.0031), (57, 0.0014), (102, 0.001), (204, 0.0005))
MEANDERS, MEANDER = 6, 0.7  # how long and how far those of rivers are, in cells
FINEST = 4.5  # cells: finer bends than that would fold the grid


@dataclass(frozen=True)
class Bends:
    """The picture shows at each place of a coarse grid what lies `x`, `y` (h, w) cells further right and down."""

    x: Field
    y: Field
    wraps: bool

    def strip(self, rows: Taps, columns: Taps) -> tuple[Field, Field]:
        """How far some rows and columns are bent, in cells."""
        return weighed(self.x, rows, columns), weighed(self.y, rows, columns)

    def at(self, points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """How far the points (N, 2), x and y in cells, are bent, in cells (N, 2)."""
        mode = "grid-wrap" if self.wraps else "nearest"
        places = numpy.stack([numpy.clip(points[:, 1], 0, self.x.shape[0] - 1), points[:, 0]])
        found = [ndimage.map_coordinates(each, places, numpy.float64, order=1, mode=mode) for each in (self.x, self.y)]
        return numpy.stack(found, axis=1)

    def shown(self, points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """Where the picture shows what lies at the points (N, 2), x and y in cells."""
        found = points
        for _ in range(5):
            found = points - self.at(found)
        return found


def meanders(shape: tuple[int, int], seed: int, wraps: bool) -> Bends:
    """Bends of a grid (h, w) that only rivers have."""
    x, y = (numpy.float32(MEANDER) * lattice(shape, max(shape) / MEANDERS, seed + axis, wraps) for axis in range(2))
    return Bends(x, y, wraps)


def bends(shape: tuple[int, int], seed: int, wraps: bool) -> Bends:
    """Bends of a grid (h, w)."""
    long = max(shape)
    found: list[Field] = [numpy.zeros(shape, numpy.float32) for _ in range(2)]
    for number, (side_by_side, far) in enumerate(BENDS):
        if number and side_by_side * FINEST > long:
            break
        for axis, field in enumerate(found):
            field += numpy.float32(far * long) * lattice(shape, side_by_side, seed + 50 * number + axis, wraps)
    return Bends(found[0], found[1], wraps)

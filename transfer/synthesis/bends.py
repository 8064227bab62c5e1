"""Coasts and valleys bent a little, so that nothing follows the grid that they were made on."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.lattice import lattice
from transfer.synthesis.noise import Field
from transfer.synthesis.resample import Taps, weighed

# How many bends lie side by side along the long side, and how far they reach in parts of it: at every size the same.
BENDS = ((23, 0.0031), (57, 0.0014), (102, 0.001), (204, 0.0005))
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
    long = max(shape)
    found: list[Field] = [numpy.zeros(shape, numpy.float32) for _ in range(2)]
    for number, (side_by_side, far) in enumerate(BENDS):
        if number and side_by_side * FINEST > long:
            break
        for axis, field in enumerate(found):
            field += numpy.float32(far * long) * lattice(shape, side_by_side, seed + 50 * number + axis, wraps)
    return Bends(found[0], found[1], wraps)

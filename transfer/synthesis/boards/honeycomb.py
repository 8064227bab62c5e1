"""A plane of hexagons: which of them a point is in, and how far it is from its edges.

Hexagons are numbered by row and column, odd rows half a hexagon further right ("odd-r"). All is worked out for
hexagons that stand on a corner; those that lie flat are the same with x and y exchanged.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Numbers = NDArray[numpy.intp]
Reals = NDArray[numpy.float32]
ROOT = 1.7320508  # of 3
# The neighbours (steps along a row, rows) that lie across the edges on the right, lower right and upper right.
AXES = ((1, 0), (0, 1), (1, -1))


@dataclass(frozen=True)
class Inside:
    """Where points (H, W) are: the hexagon's number, how far its nearest edge is and how far its middle is to the right
    and down, all in sides of a hexagon; and the number of the neighbour across that edge."""

    number: Numbers
    edge: Reals
    right: Reals
    down: Reals
    neighbour: Numbers


@dataclass(frozen=True)
class Honeycomb:
    """Hexagons over a picture of `width` x `height` pixels, of `side` pixels; `flat` ones lie on an edge."""

    width: int
    height: int
    side: float
    flat: bool

    @classmethod
    def across(cls, size: tuple[int, int], count: int, flat: bool) -> "Honeycomb":
        """With so many hexagons along the long side of a picture of `size` (width, height)."""
        along_rows = flat == (size[0] < size[1])
        return cls(*size, max(size) / (count * (ROOT if along_rows else 1.5)), flat)

    @property
    def columns(self) -> int:
        """In each row; the outermost are cut off by the picture's edges."""
        return int((self.height if self.flat else self.width) / (ROOT * self.side)) + 3

    @property
    def rows(self) -> int:
        """Likewise."""
        return int((self.width if self.flat else self.height) / (1.5 * self.side)) + 3

    @property
    def count(self) -> int:
        """Of all hexagons."""
        return self.rows * self.columns

    def middles(self) -> tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
        """x and y (N,) in pixels of all hexagons' middles, by number."""
        row, column = numpy.divmod(numpy.arange(self.count), self.columns)
        along, across = (column - 1 + 0.5 * (row % 2)) * (ROOT * self.side), (row - 1) * (1.5 * self.side)
        return (across, along) if self.flat else (along, across)

    def around(self, number: Numbers, steps: tuple[int, int]) -> Numbers:
        """The neighbours of hexagons, as `AXES` gives them or backwards; those beyond the edge are the outermost."""
        row, column = numpy.divmod(number, self.columns)
        axial = column - (row - row % 2) // 2 + steps[0]
        return self._number(axial, row + steps[1])

    def _number(self, axial: Numbers, row: Numbers) -> Numbers:
        column = axial + (row - row % 2) // 2
        inside = numpy.clip(row, 0, self.rows - 1) * self.columns + numpy.clip(column, 0, self.columns - 1)
        return numpy.asarray(inside, dtype=numpy.intp)

    def inside(self, x: NDArray, y: NDArray) -> Inside:
        """Of points in pixels, x (1, W) and y (H, 1)."""
        along, across = (y, x) if self.flat else (x, y)
        u = numpy.asarray(along / self.side + ROOT, dtype=numpy.float32)
        v = numpy.asarray(across / self.side + 1.5, dtype=numpy.float32)
        q = u * numpy.float32(ROOT / 3) - v * numpy.float32(1 / 3)
        return self._rounded(q, numpy.broadcast_to(v * numpy.float32(2 / 3), q.shape), u, v)

    def _rounded(self, q: Reals, r: Reals, u: Reals, v: Reals) -> Inside:
        """The hexagon that axial coordinates round to (rounded as three that add up to 0, as a cube's)."""
        third = -q - r
        near_q, near_r, near_third = numpy.floor(q + 0.5), numpy.floor(r + 0.5), numpy.floor(third + 0.5)
        off_q, off_r, off_third = abs(near_q - q), abs(near_r - r), abs(near_third - third)
        wrong_q = (off_q > off_r) & (off_q > off_third)
        wrong_r = ~wrong_q & (off_r > off_third)
        near_q = numpy.where(wrong_q, -near_r - near_third, near_q)
        near_r = numpy.where(wrong_r, -near_q - near_third, near_r)
        right = u - (near_q + near_r * numpy.float32(0.5)) * numpy.float32(ROOT)
        down = v - near_r * numpy.float32(1.5)
        reaches = (right, right * 0.5 + down * numpy.float32(ROOT / 2), right * 0.5 - down * numpy.float32(ROOT / 2))
        axial, row = near_q.astype(numpy.intp), near_r.astype(numpy.intp)
        farthest = numpy.abs(reaches[0])
        step_q, step_r = numpy.where(reaches[0] < 0, -1, 1), numpy.zeros(q.shape, numpy.intp)
        for reach, (steps, rows) in zip(reaches[1:], AXES[1:], strict=True):
            further = numpy.abs(reach) > farthest
            farthest = numpy.where(further, numpy.abs(reach), farthest)
            sign = numpy.where(reach < 0, -1, 1)
            step_q, step_r = numpy.where(further, sign * steps, step_q), numpy.where(further, sign * rows, step_r)
        edge = numpy.float32(ROOT / 2) - farthest
        if self.flat:
            right, down = down, right
        return Inside(self._number(axial, row), edge, right, down, self._number(axial + step_q, row + step_r))

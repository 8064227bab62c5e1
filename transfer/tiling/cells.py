"""A map in square cells, and what its values add up to in each, tile by tile.

Cells begin at the map's origin, whatever the tiles: so a map in tiles has the sums of the whole.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.tiling.wrap import NOWHERE, Wrap


class Cells:
    """Sums over cells of `side` x `side` places of a map of `shape` (height, width), in the dtype of its values.

    The last row and the last column of cells may be smaller.
    """

    def __init__(self, shape: tuple[int, int], side: int) -> None:
        self.shape, self.side = shape, side
        self.sums: Tensor | None = None  # (K, rows, columns)

    @property
    def found(self) -> Tensor:
        """The sums, (K, rows, columns); raises RuntimeError where nothing was taken in."""
        if self.sums is None:
            raise RuntimeError("nothing of the map was taken in")
        return self.sums

    @property
    def counts(self) -> Tensor:
        """How many places each cell has: (rows, columns), in float64."""
        rows, columns = (
            torch.tensor([min(self.side, length - start) for start in range(0, length, self.side)], dtype=torch.float64)
            for length in self.shape
        )
        return torch.outer(rows, columns)

    def add(self, maps: Sequence[Tensor], top: int, left: int) -> None:
        """Takes a part of the map in: (1, k, h, w) each, in float32 or better, together K. Its first place is there."""
        height, width = maps[0].shape[2:]
        above, before = top % self.side, left % self.side
        beyond = (before, -(before + width) % self.side, above, -(above + height) % self.side)
        whole = maps if not any(beyond) else [functional.pad(each, beyond) for each in maps]
        found = torch.cat([functional.avg_pool2d(each, self.side, divisor_override=1)[0] for each in whole])
        if self.sums is None:
            rows, columns = (-(-length // self.side) for length in self.shape)
            self.sums = found.new_zeros(found.shape[0], rows, columns)
        row, column = top // self.side, left // self.side
        self.sums[:, row : row + found.shape[1], column : column + found.shape[2]] += found


class Windows:
    """Windows of `span` cells (height, width) over cells that are `like` these, (K, rows, columns), for any K.

    One begins at each cell. Windows may lie `beyond` the map by so many cells, where there is nothing. Where the map
    wraps, as many windows as it has cells begin so many cells before it. Sums are products of matrices: a GPU starts
    two kernels for them, where it would start one for each cell of a window.
    """

    def __init__(self, like: Tensor, span: tuple[int, int], beyond: int = 0, wrap: Wrap = NOWHERE) -> None:
        self._down, self._across = (
            _members(count, each, beyond, wrap.along(axis)).to(like)
            for count, each, axis in zip(like.shape[1:], span, (-2, -1), strict=True)
        )

    def sums(self, cells: Tensor) -> Tensor:
        """Sums (K, r, c) of the windows, of cells (K, rows, columns)."""
        return self._down @ cells @ self._across.T

    def back(self, windows: Tensor) -> Tensor:
        """Sums (K, rows, columns) of all windows that a cell lies in, of windows (K, r, c)."""
        return self._down.T @ windows @ self._across


def _members(count: int, span: int, beyond: int, wraps: bool) -> Tensor:
    """How often each of `count` cells is in each window along an axis, (windows, count), in float64."""
    windows = count if wraps else count + 2 * beyond - span + 1
    places = torch.arange(windows)[:, None] + torch.arange(span) - beyond
    found = torch.zeros(windows, count, dtype=torch.float64)
    inside = torch.ones_like(places, dtype=torch.float64) if wraps else ((places >= 0) & (places < count)).double()
    return found.scatter_add_(1, places % count, inside)


def in_middles(given: Tensor, cell: int) -> Tensor:
    """The values of maps (K, H, W) in the middle of each cell, (K, rows, columns)."""
    rows, columns = (
        torch.arange(0, length, cell, device=given.device).add(cell // 2).clamp_max(length - 1)
        for length in given.shape[1:]
    )
    return given[:, rows][:, :, columns]

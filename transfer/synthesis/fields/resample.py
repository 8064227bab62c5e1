"""Fields on a grid, looked at on another grid over the same area."""

from typing import Literal

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field

Kernel = Literal["spline", "through"]
ROWS = 256  # of a large picture at a time
CACHED, FEWEST = 1 << 16, 32  # pixels at a time, so that they stay in the processor's cache, and at least so many rows
Taps = tuple[NDArray[numpy.int64], Field]


def taps(positions: NDArray[numpy.float64], size: int, wraps: bool, kernel: Kernel) -> Taps:
    """The four samples (N, 4) around each of N positions, and their weights (N, 4), which sum to 1.

    Sample i stands at position i. `spline` is the cubic B-spline, which smooths; `through` is Catmull and Rom's (1974),
    which goes through the samples. Beyond the ends the last sample is repeated, or it goes round with `wraps`.
    """
    left = numpy.floor(positions)
    t = positions - left
    if kernel == "spline":
        weights = [
            (1 - t) * (1 - t) * (1 - t) / 6,
            (3 * t * t * t - 6 * t * t + 4) / 6,
            (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6,
            t * t * t / 6,
        ]
    else:
        weights = [
            (-t * t * t + 2 * t * t - t) / 2,
            (3 * t * t * t - 5 * t * t + 2) / 2,
            (-3 * t * t * t + 4 * t * t + t) / 2,
            (t * t * t - t * t) / 2,
        ]
    indices = left.astype(numpy.int64)[:, None] + numpy.arange(-1, 3)
    indices = indices % size if wraps else numpy.clip(indices, 0, size - 1)
    return indices, numpy.stack(weights, axis=1).astype(numpy.float32)


def centres(size: int, of: int) -> NDArray[numpy.float64]:
    """Where the centres of `size` pixels lie among the centres of `of` pixels over the same length."""
    return (numpy.arange(size, dtype=numpy.float64) + 0.5) * (of / size) - 0.5


def weighed(field: Field, rows: Taps, columns: Taps) -> Field:
    """The field (h, w) at the rows and columns that the taps stand for: (H, W)."""
    first = int(rows[0].min())
    used = field[first : int(rows[0].max()) + 1]
    across = numpy.take(used, columns[0][:, 0], axis=1) * columns[1][:, 0]
    for tap in range(1, 4):
        across += numpy.take(used, columns[0][:, tap], axis=1) * columns[1][:, tap]
    found: Field = numpy.empty((len(rows[0]), across.shape[1]), numpy.float32)
    deep = min(len(found), max(FEWEST, CACHED // max(1, across.shape[1])))
    added = numpy.empty((deep, across.shape[1]), numpy.float32)
    for start in range(0, len(found), deep):
        indices, weights = rows[0][start : start + deep] - first, rows[1][start : start + deep]
        strip = found[start : start + deep]
        numpy.take(across, indices[:, 0], axis=0, out=strip, mode="clip")
        strip *= weights[:, 0:1]
        part = added[: len(strip)]
        for tap in range(1, 4):
            numpy.take(across, indices[:, tap], axis=0, out=part, mode="clip")
            part *= weights[:, tap : tap + 1]
            strip += part
    return found


def resampled(field: Field, shape: tuple[int, int], wraps: bool = False, kernel: Kernel = "through") -> Field:
    """The field (h, w) on a grid of another shape (H, W) over the same area; `wraps` in x."""
    if field.shape == shape and kernel == "through":
        return field.copy()
    height, width = field.shape
    rows = taps(centres(shape[0], height), height, False, kernel)
    columns = taps(centres(shape[1], width), width, wraps, kernel)
    return weighed(field, rows, columns)


def nearest(field: NDArray, shape: tuple[int, int]) -> NDArray:
    """The values (h, w) nearest to the centres of a grid of another shape (H, W)."""
    rows, columns = (
        numpy.floor(centres(size, of) + 0.5).astype(numpy.int64) for size, of in zip(shape, field.shape, strict=True)
    )
    return field[rows[:, None], columns[None, :]]

"""Noise on a whole grid at once: random numbers on a lattice, joined by splines; much faster than point by point."""

import math

import numpy

from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.fields.resample import taps, weighed

UNIT = numpy.float32(3.6 / 2**31)  # so that the standard deviation is about 1


def lattice(shape: tuple[int, int], cells: float, seed: int, wraps: bool = False, rows: slice | None = None) -> Field:
    """Smooth noise (H, W) with a mean of about 0 and a standard deviation of about 1.

    The long side has `cells` lattice cells, so that other sizes show the same noise. It repeats in x with `wraps`.
    `rows` asks for a part of the rows only.
    """
    height, width = shape
    across = cells * width / max(shape)
    if wraps:
        across = max(3, round(across))
    x = (numpy.arange(width, dtype=numpy.float64) + 0.5) * (across / width)
    y = (numpy.arange(height, dtype=numpy.float64)[rows or slice(None)] + 0.5) * (cells / max(shape))
    first = math.floor(y[0]) - 1
    columns = int(across) if wraps else math.floor(x[-1]) + 4
    down = numpy.arange(first, math.floor(y[-1]) + 3, dtype=numpy.int64)
    bits = hashed(numpy.arange(columns, dtype=numpy.int64)[None, :], down[:, None], seed)
    values = (bits.astype(numpy.int64) - 2**31).astype(numpy.float32) * UNIT
    return weighed(
        values,
        taps(y - first, len(down), False, "spline"),
        taps(x if wraps else x + 1, columns, wraps, "spline"),
    )


def octaves(shape: tuple[int, int], cells: float, seed: int, count: int, gain: float, wraps: bool = False) -> Field:
    """`count` octaves of `lattice`, each twice as fine as the last and `gain` times as strong.

    The first has a standard deviation of about 1. Octaves too fine for the grid are left out.
    """
    total: Field = numpy.zeros(shape, numpy.float32)
    strength = 1.0
    for octave in range(count):
        if octave and cells > max(shape) / 2:
            break
        total += numpy.float32(strength) * lattice(shape, cells, seed + 101 * octave, wraps)
        cells, strength = cells * 2, strength * gain
    return total

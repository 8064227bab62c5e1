"""Noise that is the same on every processor: gradients from hashed integers, added up octave by octave."""

import numpy
from numpy.typing import NDArray

Field = NDArray[numpy.float32]
DIAGONAL = 0.70710678
# Eight directions: enough that no direction is seen, few enough that they need no sine.
GRADIENTS = numpy.array(
    [(1, 0), (-1, 0), (0, 1), (0, -1), *((x * DIAGONAL, y * DIAGONAL) for x in (1, -1) for y in (1, -1))],
    dtype=numpy.float32,
)
TURN = (0.8, 0.6)  # cosine and sine by which each octave is turned, so that the lattices do not line up


def hashed(x: NDArray[numpy.int64], y: NDArray[numpy.int64], seed: int) -> NDArray[numpy.uint32]:
    """Well mixed bits for each pair of integers, broadcast against each other."""
    mixed = (
        x.astype(numpy.uint32) * numpy.uint32(0x9E3779B1)
        ^ y.astype(numpy.uint32) * numpy.uint32(0x85EBCA77)
        ^ numpy.uint32((seed * 0xC2B2AE3D + 0x27D4EB2F) & 0xFFFFFFFF)
    )
    mixed ^= mixed >> numpy.uint32(15)
    mixed *= numpy.uint32(0x2C1B3C6D)
    mixed ^= mixed >> numpy.uint32(12)
    mixed *= numpy.uint32(0x297A2D39)
    mixed ^= mixed >> numpy.uint32(15)
    return mixed


def perlin(x: Field, y: Field, seed: int, period: int | None = None) -> Field:
    """Gradient noise (Perlin 2002), about -0.7 to 0.7, at points in lattice cells; broadcast against each other.

    With `period`, whole, it repeats in x after so many cells.
    """
    left, top = numpy.floor(x), numpy.floor(y)
    u, v = x - left, y - top
    column, row = left.astype(numpy.int64), top.astype(numpy.int64)
    corners = []
    for down in (0, 1):
        for right in (0, 1):
            across = column + right if period is None else (column + right) % period
            gradient = GRADIENTS[hashed(across, row + down, seed) >> numpy.uint32(29)]
            corners.append(gradient[..., 0] * (u - numpy.float32(right)) + gradient[..., 1] * (v - numpy.float32(down)))
    s, t = (each * each * each * (each * (each * 6 - 15) + 10) for each in (u, v))
    upper = corners[0] + s * (corners[1] - corners[0])
    lower = corners[2] + s * (corners[3] - corners[2])
    return numpy.asarray(upper + t * (lower - upper), dtype=numpy.float32)

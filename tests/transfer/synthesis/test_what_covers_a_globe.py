"""A height covers a globe if it is twice as wide as high and its right edge continues at its left one."""

import math

import numpy
import pytest

from transfer.synthesis.exports.surface import covers_a_globe


def waves(width: int, height: int, periods: float) -> numpy.ndarray:
    """Waves along x, so many of them."""
    line = [int(30_000 + 20_000 * math.sin(2 * math.pi * periods * x / width)) for x in range(width)]
    return numpy.broadcast_to(numpy.array(line, numpy.uint16), (height, width))


@pytest.mark.parametrize(
    ("size", "periods", "covers"),
    [((128, 64), 3, True), ((128, 64), 3.5 / 2, False), ((128, 128), 3, False), ((64, 128), 3, False)],
)
def test_shape_and_seam_decide(size: tuple[int, int], periods: float, covers: bool) -> None:
    assert covers_a_globe(waves(*size, periods)) is covers

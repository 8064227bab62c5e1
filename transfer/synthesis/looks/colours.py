"""Colours as planes, (3, H, W) float32 from 0 to 255, mixed by weights (H, W)."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field

Colour = tuple[int, int, int]


def table(stops: Sequence[tuple[float, Colour]], positions: Sequence[float]) -> Field:
    """The colours (3, N) at `positions`, interpolated linearly between `stops` of (position, colour)."""
    where = [stop for stop, _ in stops]
    planes = [numpy.interp(positions, where, [colour[plane] for _, colour in stops]) for plane in range(3)]
    return numpy.array(planes, dtype=numpy.float32)


def looked_up(colours: Field, index: NDArray[numpy.intp]) -> Field:
    """Planes (3, H, W) of the colours (3, N) that `index` (H, W) names."""
    return numpy.stack([plane.take(index, mode="clip") for plane in colours])


def flat(colour: Colour) -> Field:
    """One colour, (3, 1, 1)."""
    return numpy.array(colour, dtype=numpy.float32)[:, None, None]


def mix(under: Field, over: Field, weight: Field | float) -> Field:
    """`under` where `weight` is 0, `over` where it is 1."""
    mixed: Field = over - under
    grows = numpy.broadcast_shapes(mixed.shape, numpy.shape(weight)) != mixed.shape
    mixed = numpy.multiply(mixed, weight, out=None if grows else mixed)
    mixed += under
    return mixed


def pixels(planes: Field) -> NDArray[numpy.uint8]:
    """(H, W, 3) bytes of planes."""
    rounded = numpy.clip(planes + numpy.float32(0.5), 0, 255).astype(numpy.uint8)
    return numpy.ascontiguousarray(rounded.transpose(1, 2, 0))

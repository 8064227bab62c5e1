"""Where land lies before water shapes it: continents of warped fractal noise, on plates that push up mountains."""

from dataclasses import dataclass

import numpy

from transfer.synthesis.fields.easing import ease
from transfer.synthesis.fields.lattice import lattice, octaves
from transfer.synthesis.fields.noise import Field, hashed, perlin
from transfer.synthesis.fields.ranks import ranks

TURN = (numpy.float32(0.8), numpy.float32(0.6))  # cosine and sine, so that no coast follows the grid
DEPTHS = ((0.0, 0.08, 0.16, 0.3, 0.6, 1.0), (-8.0, -60.0, -180.0, -1400.0, -3200.0, -5800.0))
RISES = ((0.0, 0.3, 0.6, 0.85, 1.0), (8.0, 60.0, 140.0, 260.0, 420.0))
EDGE = 0.16  # of the long side, over which land sinks towards an edge of the map
UNIT = 1 / 2**32


@dataclass(frozen=True)
class Start:
    """Land before erosion: `height` (H, W) in metres above the sea, and `uplift` (H, W), 0 to 1, where it rises."""

    height: Field
    uplift: Field


@dataclass(frozen=True)
class Plates:
    """What plates do to land (H, W): `base`, 0 to 1, is high on continental plates; `ridge`, 0 to 1, where two meet
    and are pushed up; `rift`, 0 to 1, where two part."""

    base: Field
    ridge: Field
    rift: Field


def places(shape: tuple[int, int]) -> tuple[Field, Field]:
    """x (1, W) and y (H, 1) of the cells' centres, as parts of the long side."""
    height, width = shape
    x = (numpy.arange(width, dtype=numpy.float32) + numpy.float32(0.5)) / numpy.float32(max(shape))
    y = (numpy.arange(height, dtype=numpy.float32) + numpy.float32(0.5)) / numpy.float32(max(shape))
    return x[None, :], y[:, None]


def plates(shape: tuple[int, int], x: Field, y: Field, count: int, seed: int, wraps: bool) -> Plates:
    """Voronoi cells of `count` plates, each moving its own way, at the places x and y (H, W) in parts of the long side.

    Where neighbours move towards each other, their border is a ridge, and a rift where they part.
    """
    wide, high = shape[1] / max(shape), shape[0] / max(shape)
    bits = hashed(numpy.arange(count, dtype=numpy.int64)[:, None], numpy.arange(5, dtype=numpy.int64)[None, :], seed)
    numbers = (bits * UNIT).astype(numpy.float32)
    at_x, at_y = numbers[:, 0] * numpy.float32(wide), numbers[:, 1] * numpy.float32(high)
    way = numbers[:, 2:4] * 2 - 1
    right = x[None] - at_x[:, None, None]
    if wraps:
        right -= numpy.float32(wide) * numpy.floor(right / numpy.float32(wide) + numpy.float32(0.5))
    down = y[None] - at_y[:, None, None]
    squares = right * right + down * down
    nearest = squares.argmin(axis=0)[None]
    first = numpy.take_along_axis(squares, nearest, 0)
    numpy.put_along_axis(squares, nearest, numpy.float32(9), 0)
    other = squares.argmin(axis=0)[None]
    border = (numpy.sqrt(numpy.take_along_axis(squares, other, 0)) - numpy.sqrt(first))[0]
    nearest, other = nearest[0], other[0]
    apart_x, apart_y = at_x[other] - at_x[nearest], at_y[other] - at_y[nearest]
    if wraps:
        apart_x -= numpy.float32(wide) * numpy.floor(apart_x / numpy.float32(wide) + numpy.float32(0.5))
    apart = numpy.sqrt(apart_x * apart_x + apart_y * apart_y) + numpy.float32(1e-6)
    push = ((way[nearest, 0] - way[other, 0]) * apart_x + (way[nearest, 1] - way[other, 1]) * apart_y) / apart
    near = ease(1 - border / numpy.float32(0.11))
    return Plates(
        base=ease(border / numpy.float32(0.15)) * (numbers[:, 4] - numpy.float32(0.5))[nearest] + numpy.float32(0.5),
        ridge=near * numpy.clip(push, 0, 1),
        rift=near * numpy.clip(-push, 0, 1),
    )


def shares(potential: Field, land: float) -> Field:
    """Heights (H, W) in metres of which the highest `land` (0 to 1) of `potential` (H, W) are above the sea.

    Their order is that of `potential`; how many there are of each height is as on Earth: wide plains and shelves.
    """
    rank = ranks(potential.ravel() * numpy.float32(1000)).astype(numpy.float64)
    sea = min(max(round((1 - land) * len(rank)), 1), len(rank) - 1)
    deep = min(1.0, 0.25 + 2 * (1 - land))
    under = numpy.interp((sea - rank) / sea, DEPTHS[0], [depth * deep for depth in DEPTHS[1]])
    over = numpy.interp((rank - sea) / (len(rank) - sea), *RISES)
    return numpy.where(rank < sea, under, over).astype(numpy.float32).reshape(potential.shape)


def continents(
    shape: tuple[int, int], number: float, land: float, gain: float, mountains: float, seed: int, wraps: bool
) -> Start:
    """Land of a `land` share (0 to 1) on a grid (H, W).

    About `number` continents stand side by side along the long side. `gain` is how strong each finer octave is.
    `mountains`, 0 to 1, is how far plates raise land where they meet.
    """
    plain_x, plain_y = places(shape)
    bend = [octaves(shape, number * 1.3, seed + 7 + each, 5, 0.5, wraps) for each in range(2)]
    x, y = (place + numpy.float32(0.2 / number) * by for place, by in zip((plain_x, plain_y), bend, strict=True))
    found = plates(shape, x, y, max(5, round(5 + 3 * number)), seed + 3, wraps)
    if not wraps:
        x, y = x * TURN[0] - y * TURN[1], x * TURN[1] + y * TURN[0]
    wide = shape[1] / max(shape)
    across = max(2, round(number * wide)) if wraps else number * wide
    potential: Field = numpy.zeros(shape, numpy.float32)
    strength, scale = 1.0, 1
    while scale * number < max(shape) / 2:
        turned = numpy.float32(across / wide * scale), numpy.float32(number * scale)
        period = int(across) * scale if wraps else None
        shift = numpy.float32(0.37 * scale)
        potential += numpy.float32(strength) * perlin(x * turned[0], y * turned[1] + shift, seed + 31 * scale, period)
        strength, scale = strength * gain, scale * 2
    hills = octaves(shape, number * 4, seed + 5, 5, 0.8, wraps)
    old = numpy.float32(0.9) - numpy.abs(lattice(shape, number * 2.7, seed + 6, wraps))
    uplift = (found.ridge + numpy.float32(0.4) * ease(old)) * (numpy.float32(0.55) + numpy.float32(0.22) * hills)
    potential += numpy.float32(0.3) * (found.base + found.ridge) - numpy.float32(0.15) * found.rift
    swing = numpy.float32(0.07)
    potential -= _edges(shape, plain_x + swing * bend[1], plain_y + swing * bend[0], wraps) * numpy.float32(
        0.9 - 0.5 * land
    )
    height = shares(potential, land)
    inland = ease(height / numpy.float32(250))
    height = numpy.where(height > 0, numpy.maximum(height + inland * hills * numpy.float32(150), 1), height)
    return Start(height, numpy.clip(uplift, 0, 1) * numpy.float32(mountains))


def _edges(shape: tuple[int, int], x: Field, y: Field, wraps: bool) -> Field:
    """How near an edge of the map is: 1 at it, 0 well inside."""
    high, wide = shape[0] / max(shape), shape[1] / max(shape)
    sinks = ease(1 - numpy.minimum(y, numpy.float32(high) - y) / numpy.float32(EDGE)) + 0 * x
    if not wraps:
        sinks = numpy.maximum(sinks, ease(1 - numpy.minimum(x, numpy.float32(wide) - x) / numpy.float32(EDGE)))
    return numpy.asarray(sinks, dtype=numpy.float32)

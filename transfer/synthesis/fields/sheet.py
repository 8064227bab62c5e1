"""Noise on the pixels of a picture: the same for every processor, and twenty times as quick as noise at any points.

Gradient noise (Perlin 2002) is a sum over the four corners of a cell of products of a function of x and one of y. On a
grid that is parallel to the pixels' it therefore needs one pass over the columns and one over the rows.
"""

import math

import numpy
from numpy.typing import NDArray

from transfer.pausing import finish
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.made import Making

DIRECTIONS = numpy.array(
    [(math.cos(math.tau * (k + 0.5) / 32), math.sin(math.tau * (k + 0.5) / 32)) for k in range(32)], dtype=numpy.float32
)
LACUNARITY = 1.93  # not two, so that the lines of the lattices do not lie upon each other
FINEST = 2.5  # pixels of the smallest cell that is not grain
BAND = 512  # rows that are done at once where intermediate results are large


def sheet(size: tuple[int, int], cells: float, seed: int, tall: float = 1.0) -> Field:
    """Gradient noise (H, W), about -0.7 to 0.7, with `cells` along the long side; each is `tall` times as high as
    wide."""
    width, height = size
    left, u, columns = _places(width, cells / max(size), seed)
    top, v, rows = _places(height, cells / max(size) / tall, seed + 1)
    gradients = DIRECTIONS[hashed(columns[None, :], rows[:, None], seed) >> numpy.uint32(27)]
    far = _fade(u)
    near = 1 - far
    across = near * u * gradients[:, left, 0] + far * (u - 1) * gradients[:, left + 1, 0]
    along = near * gradients[:, left, 1] + far * gradients[:, left + 1, 1]
    found = numpy.empty((height, width), numpy.float32)
    for begin in range(0, height, BAND):
        band = slice(begin, begin + BAND)
        y, row = v[band, None], top[band]
        fade = _fade(y)
        part = across[row]
        part += y * along[row]
        part *= 1 - fade
        below = across[row + 1]
        below += (y - 1) * along[row + 1]
        below *= fade
        numpy.add(part, below, out=found[band])
    return found


def fractal_sheet(
    size: tuple[int, int], cells: float, seed: int, octaves: int = 10, gain: float = 0.5, tall: float = 1.0
) -> Field:
    """Octaves of `sheet`, each finer than the last and `gain` times as strong; about -1 to 1. None is finer than the
    pixels."""
    return finish(fractal_steps(size, cells, seed, octaves, gain, tall))


def fractal_steps(
    size: tuple[int, int],
    cells: float,
    seed: int,
    octaves: int = 10,
    gain: float = 0.5,
    tall: float = 1.0,
    span: tuple[float, float] = (0.0, 1.0),
) -> Making[Field]:
    """As `fractal_sheet`, for large pictures: yields what part of `span` is done after each octave."""
    total: Field = numpy.zeros((size[1], size[0]), numpy.float32)
    wanted = strengths(max(size), cells, octaves, gain)
    for octave, strength in enumerate(wanted):
        total += numpy.float32(strength) * sheet(size, cells * LACUNARITY**octave, seed + 101 * octave, tall)
        yield span[0] + (span[1] - span[0]) * (octave + 1) / len(wanted)
    return total


def ridged_sheet(size: tuple[int, int], cells: float, seed: int, octaves: int = 10, gain: float = 0.5) -> Field:
    """Octaves whose crests are sharp (Musgrave's ridged multifractal), 0 to 1; finer ones grow on crests only."""
    total: Field = numpy.zeros((size[1], size[0]), numpy.float32)
    crest: Field = numpy.ones((1, 1), numpy.float32)
    for octave, strength in enumerate(strengths(max(size), cells, octaves, gain)):
        octave_sheet = sheet(size, cells * LACUNARITY**octave, seed + 101 * octave)
        ridge = numpy.clip(1 - numpy.float32(1.6) * numpy.abs(octave_sheet), 0, 1)
        ridge *= ridge * crest
        total += numpy.float32(strength * 0.7) * ridge
        crest = numpy.minimum(ridge * numpy.float32(1.6) + numpy.float32(0.15), 1)
    return total


def strengths(long_side: int, cells: float, octaves: int, gain: float) -> list[float]:
    """How strong each octave is that this many pixels can show. A small picture has the first ones of a large."""
    wanted = [gain**octave for octave in range(octaves)]
    scale = 1.4 / math.fsum(wanted)
    return [
        each * scale
        for octave, each in enumerate(wanted)
        if not octave or cells * LACUNARITY**octave * FINEST < long_side
    ]


def _fade(t: Field) -> Field:
    return t * t * t * (t * (t * 6 - 15) + 10)


def _places(count: int, scale: float, seed: int) -> tuple[NDArray[numpy.int64], Field, NDArray[numpy.int64]]:
    """The cell of each pixel, where in the cell it lies (0 to 1), and the numbers of all corners."""
    begin = (seed * 7919 % 1000) / 1000
    at = (numpy.arange(count, dtype=numpy.float64) + 0.5) * scale + begin
    cell = numpy.floor(at).astype(numpy.int64)
    return cell, (at - cell).astype(numpy.float32), numpy.arange(cell[-1] + 2)

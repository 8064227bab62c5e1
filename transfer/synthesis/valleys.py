"""Land that water has shaped: from a coarse grid to finer ones, each carved on from the last."""

from dataclasses import dataclass

import numpy
from scipy import ndimage

from transfer.synthesis.continents import Start, finer
from transfer.synthesis.drainage import Drainage, Whole, drained
from transfer.synthesis.erosion import carved
from transfer.synthesis.lattice import lattice
from transfer.synthesis.made import Making
from transfer.synthesis.noise import Field
from transfer.synthesis.ranks import level

COARSEST = 128  # cells along the long side of the first grid
SWEEPS = (5, 1, 1, 1)  # on each grid, the coarsest first
RISE = 900.0  # metres a sweep by uplift
STEEPEST = 1100.0  # metres a cell on the coarsest grid


@dataclass(frozen=True)
class Shaped:
    """Land (H, W) in metres above the sea, and how its water runs; `areas` (N,) is what each node drains, in cells."""

    height: Field
    drainage: Drainage
    areas: Whole


def grid_of(size: tuple[int, int], cells: int) -> tuple[int, int]:
    """The shape (H, W) of a grid of `cells` along the long side of a picture of this size (width, height)."""
    width, height = size
    return tuple(max(4, round(cells * each / max(size))) for each in (height, width))  # type: ignore[return-value]


def grids(size: tuple[int, int]) -> list[tuple[int, int]]:
    """The grids that land is carved on for a picture of this size, the coarsest first."""
    long = max(size)
    finest = 256 if long <= 256 else 512 if long <= 1024 else 1024
    return [grid_of(size, COARSEST << each) for each in range(4) if COARSEST << each <= finest]


def relief(height: Field, wraps: bool) -> Field:
    """How far the heights of each cell and its neighbours lie apart (H, W), in metres."""
    modes = ("nearest", "wrap" if wraps else "nearest")
    most = ndimage.maximum_filter(height, 3, mode=modes)
    return numpy.asarray(most - ndimage.minimum_filter(height, 3, mode=modes), dtype=numpy.float32)


def roughened(height: Field, roughness: float, seed: int, wraps: bool) -> Field:
    """With an octave as fine as the grid, stronger where the land is steep."""
    noise = lattice(height.shape, max(height.shape) / 2, seed, wraps)
    strength = numpy.minimum(relief(height, wraps), numpy.float32(600)) + numpy.float32(2)
    return numpy.asarray(height + numpy.float32(0.28 * roughness) * strength * noise, dtype=numpy.float32)


def without_ponds(height: Field) -> Field:
    """With pieces of water too small for the grid (H, W) filled up."""
    pieces, count = ndimage.label(height < 0)
    small = numpy.bincount(pieces.ravel(), minlength=count + 1) < 4 + max(height.shape) ** 2 // 4000
    small[0] = False
    return numpy.where(small[pieces], numpy.float32(2), height)


def shaped(
    start: Start,
    shapes: list[tuple[int, int]],
    erosion: float,
    roughness: float,
    peak: float,
    seed: int,
    wraps: bool,
) -> Making[Shaped]:
    """Lets water run over land from grid to grid. `erosion` is the strength of `carved`.

    The land share stays what it is in `start`. One place in 500 of the land is higher than `peak` metres.
    """
    share = numpy.count_nonzero(start.height >= 0) / start.height.size
    height = start.height
    for number, shape in enumerate(shapes):
        if number:
            start = finer(Start(height, start.uplift), shape, wraps)
            height = roughened(start.height, roughness, seed + number, wraps)
            height = without_ponds(height - numpy.float32(level(height, share)))
        rise = start.uplift * numpy.float32(RISE) if number == 0 else None
        for _ in range(SWEEPS[number]):
            drainage = drained(height, wraps)
            areas = drainage.gathered((numpy.arange(len(drainage.places)) > 0).astype(numpy.int64))
            height = carved(height, drainage, areas, erosion, rise, STEEPEST / (1 << number))
            ground = Shaped(height, drainage, areas)
            yield (number + 1) / (len(shapes) + 1)
        if number == 0:
            land = height[height >= 0]
            height = numpy.where(height >= 0, height * numpy.float32(peak / max(level(land, 0.002), 1)), height)
    return ground

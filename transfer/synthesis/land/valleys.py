"""Land that water has shaped: from a coarse grid to finer ones, each carved on from the last."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.lattice import lattice
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.ranks import level
from transfer.synthesis.fields.resample import nearest, resampled
from transfer.synthesis.fields.windows import highest, lowest
from transfer.synthesis.land.continents import Start
from transfer.synthesis.land.drainage import Drainage, Whole, drained
from transfer.synthesis.land.erosion import carved
from transfer.synthesis.made import Making

COARSEST = 128  # cells along the long side of the first grid
SWEEPS = 5  # on the coarsest grid; then one on each
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
    return numpy.asarray(highest(height, wraps) - lowest(height, wraps), dtype=numpy.float32)


def roughened(height: Field, roughness: float, seed: int, wraps: bool) -> Field:
    """With an octave as fine as the grid, stronger where the land is steep."""
    noise = lattice(height.shape, max(height.shape) / 2, seed, wraps)
    strength = numpy.minimum(relief(height, wraps), numpy.float32(600)) + numpy.float32(2)
    return numpy.asarray(height + numpy.float32(0.31 * roughness) * strength * noise, dtype=numpy.float32)


def without_ponds(height: Field) -> Field:
    """With pieces of water too small for the grid (H, W) filled up."""
    pieces, count = ndimage.label(height < 0)
    small = numpy.bincount(pieces.ravel(), minlength=count + 1) < 4 + max(height.shape) ** 2 // 4000
    small[0] = False
    return numpy.where(small[pieces], numpy.float32(2), height)


def raised(start: Start, erosion: float, peak: float, wraps: bool) -> Making[Field]:
    """Land (H, W) that rises while water runs over it, on the coarsest grid. `erosion` is the strength of `carved`.

    One place in 500 of the land ends up higher than `peak` metres.
    """
    height, rise = start.height, start.uplift * numpy.float32(RISE)
    for sweep in range(SWEEPS):
        height = swept(height, erosion, rise, STEEPEST, wraps).height
        yield (sweep + 1) / SWEEPS
    highest = max(level(height[height >= 0], 0.002), 1.0)
    return numpy.where(height >= 0, height * numpy.float32(peak / highest), height)


def shaped(
    height: Field,
    shapes: list[tuple[int, int]],
    erosion: float,
    roughness: float,
    seed: int,
    wraps: bool,
    outlets: NDArray[numpy.bool_] | None = None,
) -> Making[Shaped]:
    """Lets water run over land on grids of these shapes, each with finer detail than the last.

    `outlets` are places of the land, on any grid, that water runs into and does not leave. The land share stays.
    """
    share = numpy.count_nonzero(height >= 0) / height.size
    for number, shape in enumerate(shapes, start=1):
        height = roughened(resampled(height, shape, wraps), roughness, seed + number, wraps)
        height = without_ponds(height - numpy.float32(level(height, share)))
        ends = None if outlets is None else nearest(outlets, shape)
        found = swept(height, erosion, None, STEEPEST / (1 << number), wraps, ends)
        height = found.height
        yield number / len(shapes)
    return found


def swept(
    height: Field,
    erosion: float,
    rise: Field | None,
    steepest: float,
    wraps: bool,
    outlets: NDArray[numpy.bool_] | None = None,
) -> Shaped:
    """What one sweep of `carved` makes of land (H, W)."""
    drainage = drained(height, wraps, outlets)
    areas = drainage.gathered((numpy.arange(len(drainage.places)) > 0).astype(numpy.int64))
    return Shaped(carved(height, drainage, areas, erosion, rise, steepest), drainage, areas)

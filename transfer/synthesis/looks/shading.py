"""Hill shading: light from the north-west and from several directions beside it.

The directions beside are mixed as Mark (1992, USGS Open-File Report 92-422) does: each counts most where the ground
falls across it, so that ridges along the main light are seen too.
"""

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.colours import flat

DIAGONAL = 0.70710678
MAIN = (-DIAGONAL, -DIAGONAL)  # north-west; x to the right, y down
# West, north-west, north and south-west, and how strong each is: were west and north alike, so would be the two sides
# of a ridge that points at the main light.
BESIDE = (((-1.0, 0.0), 1.35), (MAIN, 1.0), ((0.0, -1.0), 0.65), ((-DIAGONAL, DIAGONAL), 1.0))
RISES = 0.70710678  # sine and cosine of the light's 45 degrees above the horizon
MAIN_SHARE = 0.6
STEEP = 0.85  # the part of the land that is less steep than `SLOPE` when drawn
SLOPE = 0.75
MOST = 0.16  # of exaggeration, where a metre in 1/1024 of the long side is a slope of so much
FINENESS = 16  # levels of the histogram to a metre
SUNNY, SHADY = flat((255, 250, 226)), flat((84, 86, 122))  # sunlit ground is yellowish, shadows bluish (Imhof)


def gradients(height: NDArray, wraps: bool) -> tuple[Field, Field]:
    """The slopes to the right and down (H, W), in metres a pixel, as central differences."""
    across, down = numpy.empty(height.shape, numpy.float32), numpy.empty(height.shape, numpy.float32)
    across[:, 1:-1] = height[:, 2:] - height[:, :-2]
    first, last = (height[:, -1], height[:, 0]) if wraps else (height[:, 0], height[:, -1])
    across[:, 0], across[:, -1] = height[:, 1] - first, last - height[:, -2]
    down[1:-1] = height[2:] - height[:-2]
    down[0], down[-1] = (height[1] - height[0]) * 2, (height[-1] - height[-2]) * 2
    across *= numpy.float32(0.5)
    down *= numpy.float32(0.5)
    return across, down


def exaggeration(height: NDArray, long_side: int) -> float:
    """What slopes are multiplied by so that most land is less steep than `SLOPE`: counted on a sample, in integers.

    `long_side` is that of the grid of `height`, in cells. Flat land is not blown up beyond `MOST`.
    """
    every = max(1, max(height.shape) // 256)
    across = height[1:-1:every, 2::every] - height[1:-1:every, :-2:every]
    down = height[2::every, 1:-1:every] - height[:-2:every, 1:-1:every]
    centre = height[1:-1:every, 1:-1:every]
    rows, columns = (min(each.shape[axis] for each in (across, down, centre)) for axis in (0, 1))
    across, down, centre = (each[:rows, :columns] for each in (across, down, centre))
    slopes = numpy.sqrt(across * across + down * down)[centre > 0] * numpy.float32(FINENESS / 2)
    counts = numpy.cumsum(numpy.bincount(numpy.clip(slopes, 0, 65535).astype(numpy.int64), minlength=1))
    level = int(numpy.searchsorted(counts, int(counts[-1] * STEEP)))
    return min(SLOPE * FINENESS / max(level, 1), MOST * long_side / 1024)


def lit(across: Field, down: Field) -> Field:
    """How bright ground of these slopes is: 0 in full shadow, `RISES` where it is flat, 1 where it faces the light."""
    steep = across * across + down * down
    upright = 1 / numpy.sqrt(steep + 1)
    total: Field = numpy.zeros(across.shape, numpy.float32)
    weights: Field = numpy.zeros(across.shape, numpy.float32)
    main = total
    for direction, strength in BESIDE:
        rises = across * numpy.float32(direction[0]) + down * numpy.float32(direction[1])
        light = numpy.maximum((numpy.float32(RISES) - rises * numpy.float32(RISES)) * upright, 0)
        weight = numpy.float32(strength) * numpy.maximum(
            steep - rises * rises + numpy.float32(1e-5), numpy.float32(1e-6)
        )
        total = total + weight * light
        weights = weights + weight
        if direction is MAIN:
            main = light
    return numpy.asarray(main * numpy.float32(MAIN_SHARE) + total / weights * numpy.float32(1 - MAIN_SHARE))


def shaded(colours: Field, light: Field, strength: Field | float) -> Field:
    """Colours (3, H, W) under a light from `lit`, sunny and shady as Imhof paints them."""
    dark = numpy.clip((numpy.float32(RISES) - light) * numpy.float32(1 / RISES), 0, 1) * strength
    bright = numpy.clip((light - numpy.float32(RISES)) * numpy.float32(1 / (1 - RISES)), 0, 1) * strength
    colours = colours * (1 - dark * (1 - SHADY * numpy.float32(1 / 255)))
    return numpy.asarray(colours + (SUNNY - colours) * (bright * numpy.float32(0.55)), dtype=numpy.float32)

"""Rain: the wind brings it from the sea, and mountains keep it off."""

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.recipes.climate import DEGREES, Latitudes

# By degrees of latitude from the equator: how wet rising and sinking air makes it, and how much of the wind comes from
# the west (trade winds, westerlies, polar easterlies).
WETNESS = (1.35, 1.2, 0.72, 0.5, 0.8, 1.0, 1.0, 0.8, 0.6, 0.5)
WESTERLY = (0, 0, 0.05, 0.4, 0.9, 1, 0.8, 0.35, 0.1, 0)
CELLS = 256  # along the long side of the grid that wind blows over
RAIN, LIFTED, BACK, SEA = 0.011, 0.00035, 0.3, 0.06  # of what air holds, a cell; a metre; evaporated again; taken up


def moisture(height: Field, latitudes: Latitudes, factor: float, wraps: bool) -> Field:
    """How wet it is (H, W), 0 to 1, on land (H, W) in metres above the sea. `factor` is how much wetter than on Earth.

    Air takes up water over the sea and loses a part of it over every cell of land, more where it must rise.
    """
    rows = latitudes.rows(len(height))
    west = numpy.interp(rows, DEGREES, WESTERLY).astype(numpy.float32)[:, None]
    wet = (numpy.interp(rows, DEGREES, WETNESS) * factor).astype(numpy.float32)[:, None]
    ground = ndimage.uniform_filter(numpy.maximum(height, 0), 3, mode=("nearest", "wrap" if wraps else "nearest"))
    is_sea = height < 0
    from_west = _rain(ground, is_sea, wraps)
    from_east = _rain(ground[:, ::-1], is_sea[:, ::-1], wraps)[:, ::-1]
    rain = west * from_west + (1 - west) * from_east
    for _ in range(2):
        rain = ndimage.uniform_filter(rain, 7, mode=("nearest", "wrap" if wraps else "nearest"))
    return numpy.asarray(numpy.clip(rain * wet * numpy.float32(0.62), 0, 1), dtype=numpy.float32)


def _rain(ground: Field, is_sea: NDArray[numpy.bool_], wraps: bool) -> Field:
    """What falls (H, W) where the wind blows from the left; 1 on a flat coast."""
    down, sea = numpy.ascontiguousarray(ground.T), numpy.ascontiguousarray(is_sea.T)
    rises = numpy.maximum(down - numpy.roll(down, 1, axis=0), 0)
    if not wraps:
        rises[0] = 0
    part = numpy.minimum(numpy.float32(RAIN) + rises * numpy.float32(LIFTED), numpy.float32(0.5))
    falls = numpy.empty_like(down)
    air = numpy.full(down.shape[1], 0.8, numpy.float32)
    for _ in range(2 if wraps else 1):
        for column in range(len(down)):
            falls[column] = air * part[column]
            dried = air - falls[column] * numpy.float32(1 - BACK)
            air = numpy.where(sea[column], air + (1 - air) * numpy.float32(SEA), dried)
    return numpy.ascontiguousarray(falls.T) / numpy.float32(RAIN)

"""Land on a coarse grid, refined to the size of a picture."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.lattice import lattice
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.resample import centres, resampled, taps, weighed
from transfer.synthesis.land.bends import Bends
from transfer.synthesis.made import Making
from transfer.synthesis.terrain import DEEPEST, HIGHEST

ROWS = 256  # at a time
NEAR = 100.0  # metres: the coast is no further from the sea's surface
PONDS, ISLETS = 220, 14  # px of a picture 1024 px long: smaller pieces of sea and of land are left out


@dataclass(frozen=True)
class Refined:
    """Heights in metres above the sea and lakes (H, W), at the picture's size."""

    height: Field
    lakes: NDArray[numpy.bool_]


def refined(
    height: Field,
    strength: Field,
    lakes: NDArray[numpy.bool_],
    bent: Bends,
    shape: tuple[int, int],
    seed: int,
) -> Making[Refined]:
    """Land (h, w) at the size (H, W), bent, and with finer noise of `strength` (h, w) in metres."""
    wraps, cells, long = bent.wraps, max(height.shape), max(shape)
    middle = resampled(height, _between(height.shape, shape), wraps)
    found: Field = numpy.empty(shape, numpy.float32)
    fresh = numpy.zeros(shape, numpy.bool_)
    columns = taps(centres(shape[1], height.shape[1]), height.shape[1], wraps, "spline")
    wet = lakes.astype(numpy.float32)
    mode = "grid-wrap" if wraps else "nearest"
    for start in range(0, shape[0], ROWS):
        part = slice(start, min(start + ROWS, shape[0]))
        y = centres(shape[0], height.shape[0])[part]
        rows = taps(y, height.shape[0], False, "spline")
        right, down = bent.strip(rows, columns)
        right += centres(shape[1], height.shape[1]).astype(numpy.float32)
        down += y.astype(numpy.float32)[:, None]
        if lakes.any():
            at = numpy.stack([numpy.clip(down, 0, height.shape[0] - 1), right])
            fresh[part] = ndimage.map_coordinates(wet, at, numpy.float32, order=1, mode=mode) > 0.5
        scale = numpy.float32(middle.shape[0] / height.shape[0])
        down = numpy.clip((down + numpy.float32(0.5)) * scale - numpy.float32(0.5), 0, middle.shape[0] - 1)
        right = (right + numpy.float32(0.5)) * numpy.float32(middle.shape[1] / height.shape[1]) - numpy.float32(0.5)
        strip = ndimage.map_coordinates(middle, numpy.stack([down, right]), numpy.float32, order=1, mode=mode)
        far = weighed(strength, rows, columns)
        fine, gain = cells, numpy.float32(1)
        while fine <= long / 2:
            strip += gain * far * lattice(shape, fine, seed + fine, wraps, part)
            fine, gain = fine * 2, gain * numpy.float32(0.55)
        found[part] = numpy.clip(strip, DEEPEST, HIGHEST)
        yield 0.9 * part.stop / shape[0]
    _shift(found, numpy.count_nonzero(height >= 0) / height.size)
    _without_specks(found, long)
    yield 1.0
    return Refined(found, fresh & (found >= 0))


def _between(coarse: tuple[int, int], shape: tuple[int, int]) -> tuple[int, int]:
    """The grid that is looked at linearly: twice as fine as the coarse one, and no finer than the picture."""
    long = min(2 * max(coarse), max(max(coarse), max(shape)))
    return (
        max(4, round(long * coarse[0] / max(coarse))),
        max(4, round(long * coarse[1] / max(coarse))),
    )


def _shift(height: Field, share: float) -> None:
    """Lifts or lowers all of it a little, so that a `share` (0 to 1) is land in spite of the finer noise."""
    missing = round(share * height.size) - numpy.count_nonzero(height >= 0)
    near = height[(height < 0) & (height > -NEAR)] if missing > 0 else height[(height >= 0) & (height < NEAR)]
    if 0 < abs(missing) < len(near):
        place = len(near) - missing if missing > 0 else -missing
        height -= numpy.partition(near, place)[place]


def _without_specks(height: Field, long: int) -> None:
    """Lifts ponds of the sea and sinks islands that are too small to be more than noise."""
    for is_wet, instead, least in ((True, 1.0, PONDS), (False, -2.0, ISLETS)):
        pieces, count = ndimage.label((height < 0) == is_wet)
        small = numpy.bincount(pieces.ravel(), minlength=count + 1) < max(3.0, least * (long / 1024) ** 2)
        small[0] = False
        height[small[pieces]] = instead

"""Slopes out of stairs: what a heightmap of 256 levels was before it was rounded, or saved as a JPEG."""

import numpy
from scipy import ndimage

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.land.heights import Heights

RADII = (2, 4, 8, 16, 32)  # pixels
GENTLE = 3  # levels that a slope covers at most within a radius that it is smoothed by
FINISH = 4  # how often the seams between these radii are smoothed
BLURRED = 3.0  # levels by which a JPEG blurs
SPECK, SPECKS = 64, 12  # pixels of the largest speck that it leaves in a flat sea; how many there are at least
LOWS = 0.02  # what part of such a map is sea at least


def is_blurred(heights: Heights) -> bool:
    """Whether the lowest levels are a sea that a JPEG has left specks in."""
    values, lowest = heights.values, heights.values.min()
    low = lowest + numpy.float32(BLURRED * heights.step)
    if not heights.step or numpy.count_nonzero(values <= low) < LOWS * values.size:
        return False
    pieces, count = ndimage.label(values > lowest)
    small = numpy.bincount(pieces.ravel(), minlength=count + 1) <= SPECK
    small[pieces[values > low]] = False
    return int(small[1:].sum()) >= SPECKS


def smoothed(heights: Heights) -> Field:
    """The heights (H, W) without the stairs that too few levels make of slopes; none moves by more than half a step.

    Where a JPEG has blurred them, they move by what it blurs. Else what is lowest stays so, and all else above it.
    """
    if not heights.step:
        return heights.values
    blurred = is_blurred(heights)
    reach = heights.step * (BLURRED if blurred else 0.5)
    half, step = numpy.float32(reach), numpy.float32(max(reach, heights.step))
    values, around = heights.values, min(RADII[-1], min(heights.values.shape) - 1)
    padded = numpy.pad(values, around, mode="reflect", reflect_type="odd")  # so that slopes go on beyond the edge
    if blurred:
        padded = _mean(_mean(padded, 3), 3)
    found, least, most = padded, padded - half, padded + half
    for radius in RADII:
        width = 2 * radius + 1
        covered = ndimage.maximum_filter(padded, width) - ndimage.minimum_filter(padded, width)
        mean = numpy.clip(_mean(_mean(padded, radius | 1), radius | 1), least, most)
        found = numpy.where(covered <= GENTLE * step, mean, found)
    even = ndimage.maximum_filter(padded, 5) - ndimage.minimum_filter(padded, 5) <= GENTLE * step
    for _ in range(FINISH):
        found = numpy.where(even, numpy.clip(_mean(found, 5), least, most), found)
    found = found[around:-around, around:-around]
    lowest = values.min()
    if blurred:
        return _without_specks(found, lowest, lowest + half)
    return numpy.where(values == lowest, values, numpy.maximum(found, lowest + half * numpy.float32(0.1)))


def _without_specks(values: Field, lowest: numpy.float32, sea: numpy.float32) -> Field:
    """With a flat sea at the lowest level, and without pieces of land that are too small to be any."""
    pieces, count = ndimage.label(values > sea)
    small = numpy.bincount(pieces.ravel(), minlength=count + 1) <= SPECK
    small[0] = False
    return numpy.where((values <= sea) | small[pieces], lowest, values)


def _mean(field: Field, width: int) -> Field:
    return numpy.asarray(ndimage.uniform_filter(field, width), dtype=numpy.float32)

"""Smooth lines of varying width, as rivers are drawn: discs along a curve, close enough to be one stroke."""

from collections.abc import Iterable

import numpy
from numpy.typing import NDArray

from transfer.synthesis.made import River

Points = NDArray[numpy.float64]
CUTS = 2  # times that corners are cut
STEP = 0.3  # distance between discs, in radii and at least in pixels
AT_ONCE = 1 << 20  # pixels of discs that are worked out together


def smooth(points: Points, widths: Points) -> tuple[Points, Points]:
    """A line (N, 2) with its corners cut (Chaikin 1974) and its ends kept, and the widths along it."""
    line = numpy.column_stack([points, widths])
    for _ in range(CUTS if len(line) > 2 else 0):
        quarters = numpy.empty((2 * len(line) - 2, 3))
        quarters[0::2] = line[:-1] * 0.75 + line[1:] * 0.25
        quarters[1::2] = line[:-1] * 0.25 + line[1:] * 0.75
        line = numpy.concatenate([line[:1], quarters, line[-1:]])
    return line[:, :2], line[:, 2]


def discs(points: Points, widths: Points) -> Points:
    """x, y and width (M, 3) of discs along a line (N, 2) of `widths` (N,), in pixels, that look like one stroke."""
    steps = numpy.sqrt(numpy.diff(points[:, 0]) ** 2 + numpy.diff(points[:, 1]) ** 2)
    along = numpy.concatenate([[0.0], numpy.cumsum(steps)])
    gap = STEP * max(1.0, float(widths.max()) / 2)
    places = numpy.linspace(0, along[-1], max(2, int(along[-1] / gap) + 2))
    return numpy.column_stack([numpy.interp(places, along, each) for each in (points[:, 0], points[:, 1], widths)])


def coverage(size: tuple[int, int], marks: Iterable[Points], wraps: bool) -> NDArray[numpy.uint8]:
    """How much of each pixel discs (M, 3) cover, from 0 to 255; `size` is (width, height).

    What is narrower than a pixel is as much fainter.
    """
    width, height = size
    canvas = numpy.zeros(height * width, numpy.uint8)
    every = list(marks)
    if not every:
        return canvas.reshape(height, width)
    x, y, wide = numpy.concatenate(every).T
    radius, strength = numpy.maximum(wide, 1) / 2, numpy.clip(wide, 0, 1) * 255
    reach = numpy.ceil(radius + 0.5).astype(numpy.int64)
    for half in numpy.unique(reach):
        offsets = numpy.arange(-half, half + 1)
        chosen = numpy.flatnonzero(reach == half)
        for first in range(0, len(chosen), max(1, AT_ONCE // len(offsets) ** 2)):
            part = chosen[first : first + max(1, AT_ONCE // len(offsets) ** 2)]
            column = numpy.floor(x[part]).astype(numpy.int64)[:, None] + offsets
            row = numpy.floor(y[part]).astype(numpy.int64)[:, None] + offsets
            away_x, away_y = column + 0.5 - x[part, None], row + 0.5 - y[part, None]
            distance = numpy.sqrt((away_x * away_x)[:, None, :] + (away_y * away_y)[:, :, None])
            covers = numpy.clip(radius[part, None, None] + 0.5 - distance, 0, 1) * strength[part, None, None]
            inside = ((row >= 0) & (row < height))[:, :, None] & (
                numpy.ones(column.shape, bool) if wraps else (column >= 0) & (column < width)
            )[:, None, :]
            inside &= covers > 0.5
            place = (row * width)[:, :, None] + (column % width)[:, None, :]
            numpy.maximum.at(canvas, place[inside], (covers[inside] + 0.5).astype(numpy.uint8))
    return canvas.reshape(height, width)


def rivers(
    size: tuple[int, int], found: Iterable[River], wraps: bool, least: float, wider: float = 1.0
) -> NDArray[numpy.uint8]:
    """How much of each pixel rivers cover, from 0 to 255; each is at least `least` pixels wide at its mouth."""
    marks = []
    for river in found:
        if len(river.points) < 2:
            continue
        widths = numpy.maximum(river.widths * wider, least * numpy.linspace(0.45, 1, len(river.widths)))
        marks.append(discs(*smooth(river.points, widths)))
    return coverage(size, marks, wraps)

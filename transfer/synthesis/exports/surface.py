"""The surface that a picture is draped over: a height, sampled at the vertices of a grid. Free of torch.

A grid reaches from edge to edge: its first vertex lies on the picture's left (upper) edge, its last one on the right
(lower) edge, and not on the pixels' centres. So terrains of game engines and globes need no margin.
"""

import math

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label, LabelMap
from transfer.tiling.wrap import NOWHERE, Wrap

Surface = NDArray[numpy.float32]
WATERS = {Label.DEEP_WATER.title, Label.WATER.title}
RIM = 5  # per cent of a shore that may lie below the water that is drawn there


def grid_of(size: tuple[int, int], most: int) -> tuple[int, int]:
    """(columns, rows) of vertices for a picture of `size`, in its shape; at most `most` along the long side.

    A small picture has one vertex more than it has pixels.
    """
    longest = min(most, max(size) + 1)
    scale = (longest - 1) / max(size)
    columns, rows = (max(2, round(side * scale) + 1) for side in size)
    return columns, rows


def sampled(
    height: NDArray[numpy.uint16], columns: int, rows: int, wraps: bool = False, wraps_down: bool = False
) -> Surface:
    """`height` (H, W) at the vertices of a grid, (rows, columns), from 0 to 65535: bicubic, averaged where it shrinks.

    With `wraps`, the first and the last column are the same; with `wraps_down`, the first and the last row.
    """
    high, wide = height.shape
    steps = wide / (columns - 1), high / (rows - 1)
    beside, above = (math.ceil(2 * step) + 2 for step in steps)  # as far as the filter reaches
    padded = numpy.pad(height, ((0, 0), (beside, beside)), "wrap" if wraps else "edge")
    padded = numpy.pad(padded, ((above, above), (0, 0)), "wrap" if wraps_down else "edge").astype(numpy.float32)
    left, top = beside - steps[0] / 2, above - steps[1] / 2
    box = (left, top, left + columns * steps[0], top + rows * steps[1])
    found = Image.fromarray(padded).resize((columns, rows), Image.Resampling.BICUBIC, box)
    return numpy.asarray(numpy.clip(numpy.asarray(found), 0, 65535), numpy.float32)


def packed(surface: Surface, wraps: bool = False) -> bytes:
    """A surface as the relief view reads it: unsigned integers of 16 bits, little-endian.

    Columns, rows, whether it covers a globe (1 or 0), and 0; then row by row from the upper left corner.
    """
    head = numpy.array([surface.shape[1], surface.shape[0], wraps, 0], "<u2")
    return head.tobytes() + (surface + 0.5).astype("<u2").tobytes()


def water_of(labels: LabelMap, columns: int, rows: int) -> NDArray[numpy.bool_]:
    """Which vertices of a grid are water, (rows, columns)."""
    high, wide = labels.values.shape
    down = numpy.minimum(numpy.arange(rows) * high // (rows - 1), high - 1)
    across = numpy.minimum(numpy.arange(columns) * wide // (columns - 1), wide - 1)
    values = [value for value, name in labels.names.items() if name in WATERS]
    return numpy.isin(labels.values[down[:, None], across[None, :]], values)


def level_water(surface: Surface, water: NDArray[numpy.bool_]) -> Surface:
    """The surface with seas and lakes as they are seen: level, instead of their floors.

    Each stands as high as the lowest part of its shore; rivers, which are narrow, keep their slope.
    """
    from scipy import ndimage  # a web process that shows no relief does without

    bodies, count = ndimage.label(ndimage.binary_opening(water, numpy.ones((3, 3))), numpy.ones((3, 3)))
    if not count:
        return surface
    shores = ndimage.grey_dilation(bodies, (3, 3))
    shores[water | (bodies > 0)] = 0
    at = numpy.flatnonzero(shores)
    order = at[numpy.lexsort((surface.ravel()[at], shores.ravel()[at]))]
    counts = numpy.bincount(shores.ravel()[at], minlength=count + 1)
    first = numpy.cumsum(counts) - counts
    levels = numpy.zeros(count + 1, numpy.float32)
    has_shore = counts > 0
    levels[has_shore] = surface.ravel()[order[(first + counts * RIM // 100)[has_shore]]]
    levels[0] = 0
    return numpy.asarray(numpy.maximum(surface, levels[bodies]), numpy.float32)


def lightness(picture: Image.Image, wrap: Wrap = NOWHERE) -> NDArray[numpy.uint16]:
    """A height (H, W) for a picture that has none: its lightness, smoothed a little, so that strokes are no cliffs."""
    from scipy import ndimage

    grey = numpy.asarray(picture.convert("F")) * numpy.float32(257)  # three colours of 8 bits, not rounded to one
    beyond = tuple("wrap" if wraps else "reflect" for wraps in (wrap.y, wrap.x))
    smooth = ndimage.gaussian_filter(grey, max(picture.size) / 250, mode=beyond)
    return numpy.asarray(numpy.clip(smooth + 0.5, 0, 65535), numpy.uint16)


def covers_a_globe(height: NDArray[numpy.uint16]) -> bool:
    """Whether it can be laid around a globe: twice as wide as high, its left edge a continuation of its right one."""
    high, wide = height.shape
    if abs(wide - 2 * high) > wide / 50:
        return False
    values = height[:: max(1, high // 512)].astype(numpy.int64)
    seam = int(numpy.abs(values[:, 0] - values[:, -1]).sum())
    inside = int(numpy.abs(numpy.diff(values, axis=1)).sum())
    return seam * (int(wide) - 1) <= 2 * inside

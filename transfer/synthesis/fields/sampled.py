"""Fields seen elsewhere than at their own pixels: moved, bent, or on more pixels."""

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.sheet import BAND


def moved(field: Field, right: Field, down: Field) -> Field:
    """The field (H, W) as seen where each pixel looks `right` and `down` by so many pixels; mirrored at the edges."""
    columns = numpy.arange(field.shape[1], dtype=numpy.float32)[None, :]
    rows = numpy.arange(field.shape[0], dtype=numpy.float32)[:, None]
    return looked_up(field, columns + right, rows + down)


def looked_up(field: Field, x: Field, y: Field) -> Field:
    """The field at columns `x` and rows `y` (H, W), which need not be whole; mirrored at the edges."""
    found = numpy.empty(x.shape, numpy.float32)
    for begin in range(0, x.shape[0], BAND):
        band = slice(begin, begin + BAND)
        ndimage.map_coordinates(field, (y[band], x[band]), output=found[band], order=1, mode="mirror")
    return found


def enlarged(field: Field, size: tuple[int, int]) -> Field:
    """The field (h, w) drawn on more pixels with Catmull and Rom's cubics, edges kept."""
    columns, across = _cubic(field.shape[1], size[0])
    wide = sum(weight * field[:, column] for weight, column in zip(across, columns, strict=True))
    rows, along = _cubic(field.shape[0], size[1])
    found = numpy.empty((size[1], size[0]), numpy.float32)
    for begin in range(0, size[1], BAND):
        band = slice(begin, begin + BAND)
        parts = zip(along, rows, strict=True)
        found[band] = sum(weight[band, None] * numpy.asarray(wide)[row[band]] for weight, row in parts)
    return found


def _cubic(old: int, new: int) -> tuple[list[NDArray[numpy.int64]], list[Field]]:
    at = (numpy.arange(new, dtype=numpy.float64) + 0.5) * (old / new) - 0.5
    first = numpy.floor(at).astype(numpy.int64)
    t = (at - first).astype(numpy.float32)
    weights = [
        t * (t * (2 - t) - 1) / 2,
        (t * t * (3 * t - 5) + 2) / 2,
        t * (t * (4 - 3 * t) + 1) / 2,
        t * t * (t - 1) / 2,
    ]
    return [numpy.clip(first + k, 0, old - 1) for k in (-1, 0, 1, 2)], [each.astype(numpy.float32) for each in weights]

"""Maps of labels as fields: patches too small to be places, what lies nearest, and smooth borders on more pixels."""

import numpy
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Labels = NDArray[numpy.uint8]
Places = NDArray[numpy.bool_]


def large(inside: Places, fewest: int) -> Places:
    """What is inside (H, W), without patches smaller than the `fewest`-th part of the map."""
    patches, count = ndimage.label(inside)
    found = numpy.bincount(patches.ravel(), minlength=count + 1) * fewest >= inside.size
    found[0] = False
    return numpy.asarray(found[patches])


def spread(values: Labels, sure: Places) -> Labels:
    """At each place (H, W) the value of the nearest sure one."""
    rows, columns = ndimage.distance_transform_edt(~sure, return_distances=False, return_indices=True)
    return numpy.asarray(values[rows, columns])


def enlarged(labels: Labels, size: tuple[int, int]) -> Labels:
    """Labels at (width, height), with smooth borders."""
    if labels.shape == size[::-1]:
        return labels
    best = numpy.zeros(size[::-1], numpy.uint8)
    found = numpy.full(size[::-1], labels[0, 0], numpy.uint8)
    for value in numpy.unique(labels):
        inside = Image.fromarray((labels == value).astype(numpy.uint8) * numpy.uint8(255))
        share = numpy.asarray(inside.resize(size, Image.Resampling.BICUBIC))
        found[share > best] = value
        best = numpy.maximum(best, share)
    return found

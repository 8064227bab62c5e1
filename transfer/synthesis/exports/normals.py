"""The normal map of a height, for game engines: which way each place of a surface faces. Free of torch."""

import io

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.tiling.wrap import NOWHERE, Wrap

DEPTH = 0.03  # chosen: how high the highest place is, as a part of the long side, without exaggeration


def normal_map(height: NDArray[numpy.uint16], wrap: Wrap = NOWHERE, exaggeration: float = 1.0) -> bytes:
    """A PNG of the size of `height` (H, W), in tangent space and OpenGL's convention, +Y is up.

    Red is how far a place faces to the right, green how far up, blue how far towards the viewer, each from -1 to 1 as 0
    to 255. (DirectX has green the other way round: invert it there.) They are taken from the neighbours on both sides;
    where the picture wraps, those of a border lie at the opposite one.
    """
    heights = height.astype(numpy.float32) * (DEPTH * exaggeration * max(height.shape) / 65535)
    right, down = (
        numpy.gradient(numpy.pad(heights, _beside(axis), "wrap" if wraps else "edge"), axis=axis)
        for axis, wraps in ((1, wrap.x), (0, wrap.y))
    )
    normals = numpy.stack([-right[:, 1:-1], down[1:-1], numpy.ones_like(heights)], axis=-1)
    normals /= numpy.sqrt((normals * normals).sum(axis=-1, keepdims=True))
    file = io.BytesIO()
    Image.fromarray(((normals + 1) * 127.5 + 0.5).astype(numpy.uint8), "RGB").save(file, "PNG")
    return file.getvalue()


def _beside(axis: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """One place more at both ends of an axis."""
    return ((0, 0), (1, 1)) if axis else ((1, 1), (0, 0))

"""Maps as files for other programs: heights for game engines, and all that is known of a picture in one ZIP."""

import zipfile
from typing import IO

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.errors import PictureError
from transfer.labels import LabelMap
from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.exports.surface import sampled
from transfer.synthesis.made import height_png

# What Unity (2^n + 1) and Unreal (whole components) take.
RAW_SIDES = (513, 1009, 1025, 2017, 2049, 4033)


def raw16(height: NDArray[numpy.uint16], side: int, wraps: bool = False, wraps_down: bool = False) -> bytes:
    """RAW16: `side` x `side` unsigned integers of 16 bits, little-endian, row by row from the upper left corner.

    A height that is no square is stretched to one: give the terrain its picture's width and length in the engine.
    Raises PictureError for a side that engines do not take.
    """
    if side not in RAW_SIDES:
        raise PictureError(f"RAW16 has {', '.join(map(str, RAW_SIDES))} samples a side: choose one of these.")
    return (sampled(height, side, side, wraps, wraps_down) + 0.5).astype("<u2").tobytes()


def aligned_height(height: NDArray[numpy.uint16], size: tuple[int, int]) -> NDArray[numpy.uint16]:
    """`height` for a picture of another `size`: pixel for pixel, bicubic."""
    if height.shape == size[::-1]:
        return height
    scaled = Image.fromarray(height.astype(numpy.float32)).resize(size, Image.Resampling.BICUBIC)
    return numpy.asarray(numpy.clip(numpy.asarray(scaled) + 0.5, 0, 65535), numpy.uint16)


def aligned_labels(labels: LabelMap, size: tuple[int, int]) -> LabelMap:
    """`labels` for a picture of another `size`: pixel for pixel, the nearest."""
    if labels.values.shape == size[::-1]:
        return labels
    scaled = Image.fromarray(labels.values).resize(size, Image.Resampling.NEAREST)
    return LabelMap(numpy.asarray(scaled), labels.names)


def write_zip(
    file: IO[bytes],
    result: bytes,
    size: tuple[int, int],
    height: NDArray[numpy.uint16] | None = None,
    labels: LabelMap | None = None,
    rivers: RiverMap | None = None,
) -> None:
    """Writes a ZIP to `file`, which need not be seekable: result.png, height.png, labels.png, pixel for pixel alike.

    `result` is a PNG of `size`, (width, height), taken as it is. Where there are rivers, rivers.geojson and rivers.svg
    are in it too, of the same size.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("result.png", result)
        if height is not None:
            archive.writestr("height.png", height_png(aligned_height(height, size)))
        if labels is not None:
            archive.writestr("labels.png", aligned_labels(labels, size).png())
        if rivers is not None:
            aligned = rivers.scaled(size)
            archive.writestr("rivers.geojson", aligned.geojson(), zipfile.ZIP_DEFLATED)
            archive.writestr("rivers.svg", aligned.svg(), zipfile.ZIP_DEFLATED)

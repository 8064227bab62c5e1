"""Coarser grids for what is wide and soft, strips of rows for what is fine: so large maps need little memory."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy import ndimage

from transfer.synthesis.fields.noise import Field

COARSE = 512  # long side of the coarse grid, in cells
PIXELS = 1 << 17  # of a strip: few enough that its fields stay in the processor's cache
MARGIN = 4  # columns that are put around a grid that wraps, so that it is stretched across its seam


@dataclass(frozen=True)
class Strip:
    """Some rows of a picture: `rows` of the whole, `outer` with neighbours above and below, `inner` within these."""

    rows: slice
    outer: slice
    inner: slice


def strips(width: int, height: int, halo: int) -> Iterator[Strip]:
    """The whole picture from top to bottom, each strip with `halo` rows around it where there are any."""
    deep = max(16, PIXELS // width)
    for top in range(0, height, deep):
        bottom = min(height, top + deep)
        first, last = max(0, top - halo), min(height, bottom + halo)
        yield Strip(slice(top, bottom), slice(first, last), slice(top - first, bottom - first))


def coarse(field: NDArray, most: int = COARSE) -> Field:
    """The means (h, w) of a field (H, W) on a grid with a long side of at most `most`; of bools, their shares."""
    height, width = field.shape
    scale = most / max(width, height)
    if field.dtype == numpy.bool_:
        shares = numpy.asarray(_shrunk(Image.fromarray(field.view(numpy.uint8) * numpy.uint8(255)), scale))
        return numpy.asarray(shares * numpy.float32(1 / 255), dtype=numpy.float32)
    return numpy.asarray(_shrunk(Image.fromarray(field.astype(numpy.float32, copy=False)), scale), dtype=numpy.float32)


def _shrunk(image: Image.Image, scale: float) -> Image.Image:
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BOX)


def blurred(field: NDArray, radius: float, wraps: bool) -> Field:
    """A field (H, W) smoothed by two running means of `radius` cells each way, nearly a Gaussian."""
    size = 2 * max(1, round(radius)) + 1
    for _ in range(2):
        field = ndimage.uniform_filter1d(field, size, axis=1, mode="wrap" if wraps else "nearest", output=numpy.float32)
        field = ndimage.uniform_filter1d(field, size, axis=0, mode="nearest", output=numpy.float32)
    return field


def smudged(mask: NDArray[numpy.bool_], radius: float, wraps: bool, passes: int = 2) -> NDArray[numpy.uint8]:
    """A mask (H, W) from 0 to 255, smoothed by means over `radius` pixels (fractions count) each way."""
    margin = min(mask.shape[1], 2 * int(radius + 2)) if wraps else 0
    padded = numpy.pad(mask, ((0, 0), (margin, margin)), mode="wrap") if margin else mask
    image = Image.fromarray(padded.view(numpy.uint8) * numpy.uint8(255))
    for _ in range(passes):
        image = image.filter(ImageFilter.BoxBlur(radius))
    return numpy.asarray(image)[:, margin : margin + mask.shape[1]]


class Stretched:
    """A coarse grid, stretched smoothly over a picture and read strip by strip."""

    def __init__(self, grid: NDArray, size: tuple[int, int], wraps: bool) -> None:
        """`grid` (h, w); `size` is (width, height) of the picture."""
        self.size, self.margin = size, min(MARGIN, grid.shape[1]) if wraps else 0
        self.rows, self.columns = grid.shape
        sides = ((0, 0), (self.margin, self.margin))
        padded = numpy.pad(grid.astype(numpy.float32, copy=False), sides, mode="wrap") if self.margin else grid
        self.same = (self.columns, self.rows) == size
        self.grid = grid
        self.image = Image.fromarray(numpy.ascontiguousarray(padded, dtype=numpy.float32))

    def at(self, rows: slice) -> Field:
        """These rows of the picture, (H, W)."""
        if self.same:
            return numpy.asarray(self.grid[rows], dtype=numpy.float32)
        scale = self.rows / self.size[1]
        box = (self.margin, rows.start * scale, self.margin + self.columns, min(rows.stop * scale, self.rows))
        size = (self.size[0], rows.stop - rows.start)
        return numpy.asarray(self.image.resize(size, Image.Resampling.BICUBIC, box=box), dtype=numpy.float32)

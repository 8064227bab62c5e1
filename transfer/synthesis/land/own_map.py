"""Land that people bring: a heightmap of any tool, with rivers, climate and labels made for it as for a world."""

import io
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from transfer.errors import PictureError
from transfer.pictures import BROKEN
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.resample import nearest
from transfer.synthesis.land.bends import Bends
from transfer.synthesis.land.drainage import Whole, drained
from transfer.synthesis.land.erosion import carved
from transfer.synthesis.land.refining import Refined
from transfer.synthesis.land.shaping import living
from transfer.synthesis.land.valleys import Shaped, grids
from transfer.synthesis.made import Making
from transfer.synthesis.recipes.climate import Climate, Latitudes
from transfer.synthesis.terrain import DEEPEST, HIGHEST, Terrain

FORMATS = ("PNG", "TIFF", "WEBP", "JPEG")
SHORE, OFFSHORE = 3.0, 9000.0  # metres deep at the shore of a sea without depths, and for each long side from it
LAKE_DEPTH, LAKE_SIZE = 0.004, 0.00015  # of the highest place, and of the map: shallower and smaller lakes are none
TEMPERATE = Climate(Latitudes(60, 30, 0))


def read_height(file: Path | bytes) -> Field:
    """The heights (H, W) in a picture, in the units of the file: 0 to 255 or 65535 in PNG, anything in a float TIFF.

    Of coloured pictures it is the lightness. Places that a TIFF has no number for are as low as its lowest. Raises
    PictureError where it cannot be read.
    """
    name = file if isinstance(file, Path) else "The heightmap"
    try:
        with Image.open(io.BytesIO(file) if isinstance(file, bytes) else file, formats=FORMATS) as image:
            grey = (
                image if image.mode in ("L", "F") or image.mode.startswith("I") else image.convert("RGB").convert("L")
            )
            height = numpy.asarray(grey).astype(numpy.float32)
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {name}.") from error
    except BROKEN as error:
        raise PictureError(f"{name} cannot be read as a heightmap: {error}") from error
    known = numpy.isfinite(height) & (height > -30000)
    if not known.any():
        raise PictureError(f"{name} has no heights: export it again, without empty places.")
    return numpy.where(known, height, height[known].min())


def terrain_of(
    height: Field,
    sea: float,
    image_size: int = 1024,
    peak: float | None = 3000.0,
    climate: Climate = TEMPERATE,
    wraps: bool = False,
    seed: int = 0,
) -> Making[Terrain]:
    """Land of heights (H, W) in any unit, of which `sea` is the sea's surface, with a long side of `image_size` pixels.

    What is not above the sea is water. `peak` is how high the highest place is in metres; None where the heights are
    in metres already. Rivers may leave the map over its edge. Raises PictureError where the land is flat, or all sea.
    """
    lowest, highest = float(height.min()), float(height.max())
    if highest <= lowest:
        raise PictureError("This heightmap is flat: choose one with hills.")
    if highest <= sea:
        raise PictureError("This heightmap is all sea: choose a lower sea level.")
    metres = _metres(height, sea, 1.0 if peak is None else peak / (highest - sea))
    long = max(height.shape)
    size = (max(1, round(image_size * height.shape[1] / long)), max(1, round(image_size * height.shape[0] / long)))
    yield 0.05
    shaped, lakes = _drained(_resized(metres, grids(size)[-1]), wraps)
    yield 0.3
    fine = _resized(metres, (size[1], size[0]))

    def refine(flow: Whole) -> Making[Refined]:
        yield 0.5
        surface = nearest(numpy.where(lakes, shaped.height, numpy.float32(DEEPEST)), fine.shape)
        drowned = (surface > fine) & (fine >= 0)
        return Refined(numpy.where(drowned, surface, fine), drowned)

    still = numpy.zeros(shaped.height.shape, numpy.float32)
    return (yield from living(shaped, refine, size, Bends(still, still, wraps), climate, seed))


def _metres(height: Field, sea: float, scale: float) -> Field:
    """In metres above the sea; a sea whose depth is not known gets deeper away from the shore."""
    above = (height - numpy.float32(sea)) * numpy.float32(scale)
    is_sea = above <= 0
    if is_sea.any() and float(above.min()) == float(above[is_sea].max()):
        away = ndimage.distance_transform_edt(is_sea).astype(numpy.float32)
        above = numpy.where(is_sea, -numpy.float32(SHORE) - away * numpy.float32(OFFSHORE / max(height.shape)), above)
    above = numpy.where(is_sea, numpy.minimum(above, -1), numpy.maximum(above, numpy.float32(0.1)))
    return numpy.asarray(numpy.clip(above, DEEPEST / 2, HIGHEST), dtype=numpy.float32)


def _resized(height: Field, shape: tuple[int, int]) -> Field:
    """On another grid (H, W), each cell the mean of what it covers; no land becomes sea by being smoothed."""
    if height.shape == shape:
        return height.copy()
    smaller = shape[0] < height.shape[0]
    how = Image.Resampling.BOX if smaller else Image.Resampling.BICUBIC
    found = numpy.asarray(Image.fromarray(height).resize((shape[1], shape[0]), how))
    return numpy.where(numpy.abs(found) < 0.05, numpy.float32(0.05), found)


def _drained(height: Field, wraps: bool) -> tuple[Shaped, NDArray[numpy.bool_]]:
    """How water runs over land (h, w) as it is, with hollows filled, and which of them are lakes (h, w)."""
    edge = numpy.zeros(height.shape, numpy.bool_)
    edge[[0, -1]] = True
    if not wraps:
        edge[:, [0, -1]] = True
    drainage = drained(height, wraps, edge)
    areas = drainage.gathered((numpy.arange(len(drainage.places)) > 0).astype(numpy.int64))
    filled = carved(height, drainage, areas, 0.0, None, HIGHEST)
    pieces, count = ndimage.label(filled - height > max(LAKE_DEPTH * float(height.max()), 2.0))
    large = numpy.bincount(pieces.ravel(), minlength=count + 1) >= max(LAKE_SIZE * height.size, 4)
    large[0] = False
    return Shaped(filled, drainage, areas), large[pieces]

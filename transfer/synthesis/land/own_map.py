"""Maps that people bring: a heightmap or a coloured map, with rivers, climate and labels made for it as for a world."""

from dataclasses import replace

import numpy
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from transfer.engine.ladder import fit
from transfer.errors import PictureError
from transfer.inputs import Input
from transfer.labels import LabelMap
from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.patches import enlarged
from transfer.synthesis.fields.resample import nearest
from transfer.synthesis.land.bends import Bends
from transfer.synthesis.land.drainage import Whole, drained
from transfer.synthesis.land.erosion import carved
from transfer.synthesis.land.heights import Heights
from transfer.synthesis.land.lifting import climate_of, lifted
from transfer.synthesis.land.map_colours import labels_of
from transfer.synthesis.land.mapped import pictured
from transfer.synthesis.land.refining import Refined
from transfer.synthesis.land.shaping import living
from transfer.synthesis.land.stairs import BLURRED, is_blurred, smoothed
from transfer.synthesis.land.valleys import Shaped, grids, relief
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.climate import Climate, Latitudes
from transfer.synthesis.recipes.own_map import NORTH, SOUTH, OwnMapRecipe
from transfer.synthesis.terrain import DEEPEST, HIGHEST, Terrain, levels_of

SHORE, OFFSHORE = 3.0, 9000.0  # metres deep at the shore of a sea without depths, and for each long side from it
LAKE_DEPTH, LAKE_SIZE = 0.004, 0.00015  # of the highest place, and of the map: shallower and smaller lakes are none
BUMP, BUMPS, BENT = 9, 0.7, 8.0  # cells of a bump; its height beside the slope; how much less where that is bent
INLAND = 0.7  # how much wetter it is where land goes on beyond all edges, since air does not begin there
TEMPERATE = Climate(Latitudes(NORTH, SOUTH, 0))
PEAK = 3000.0  # metres
FLAT = 0.005  # what part of a map is a sea
GREY, SPECKS = 14, 0.01  # how far apart the channels of grey may be, and what part of a grey map may be coloured


def make(recipe: OwnMapRecipe, given: Input | None) -> Making[Made]:
    """Somebody's map with what is known of it. Raises PictureError where it is flat, or all sea."""
    if given is None:
        raise PictureError("Give a map: a heightmap, or a map in colours.")
    yield 0.0
    if recipe.reads == "colours" or (recipe.reads == "automatic" and given.height is None and not _is_grey(given)):
        return (yield from _of_colours(recipe, given.picture))
    heights = Heights.of(given.height or given.picture)
    if recipe.invert:
        heights = heights.inverted
    size = fit(given.picture.size, recipe.image_size)
    making = terrain_of(smoothed(heights), sea_of(heights, recipe.sea), size, peak_of(heights, recipe), recipe.climate)
    land = yield from part(making, 0.0, 0.9)
    return pictured(land, _look(recipe), 0)


def sea_of(heights: Heights, level: float) -> float:
    """The height of the sea in the file's unit, where the recipe says `level`, from the lowest (0) to the highest (1).

    At 0 it is what the file says, or where the map is flat at its lowest; else there is no sea.
    """
    lowest, highest = float(heights.values.min()), float(heights.values.max())
    if level > 0:
        return lowest + level * (highest - lowest)
    if heights.sea is not None:
        return heights.sea
    if is_blurred(heights):
        return lowest + BLURRED * heights.step
    flat = numpy.count_nonzero(heights.values == numpy.float32(lowest)) / heights.values.size
    return lowest if flat >= FLAT else lowest - (highest - lowest) * 1e-3


def peak_of(heights: Heights, recipe: OwnMapRecipe) -> float:
    """How high the highest place is, in metres above the sea."""
    if recipe.peak:
        return recipe.peak
    sea = sea_of(heights, recipe.sea)
    return PEAK if heights.metres is None else max((float(heights.values.max()) - sea) * heights.metres, 1.0)


def _is_grey(given: Input) -> bool:
    channels = numpy.asarray(given.picture.convert("RGB"))
    apart = channels.max(axis=2).astype(numpy.int16) - channels.min(axis=2)
    return bool(numpy.count_nonzero(apart > GREY) <= SPECKS * apart.size)


def _look(recipe: OwnMapRecipe) -> str:
    return "relief" if recipe.look == "automatic" else recipe.look


def _of_colours(recipe: OwnMapRecipe, picture: Image.Image) -> Making[Made]:
    """A coloured map with what its colours say, and heights that could be its own."""
    picture = picture.convert("RGB")
    size, found = fit(picture.size, recipe.image_size), labels_of(picture)
    yield 0.2
    height, labels = lifted(found, size), enlarged(found, size)
    yield 0.4
    if not (height >= 0).any():
        raise PictureError("This map is all sea: choose one with land, or read it as heights.")
    if recipe.look == "automatic":
        levels, sea = levels_of(height)
        land = f"{numpy.count_nonzero(height >= 0) / height.size:.0%} land"
        resized = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)
        return Made(resized, levels, sea, LabelMap.of(labels), facts=(land, "read by its colours"))
    making = terrain_of(height, 0.0, size, float(height.max()), recipe.climate, with_lakes=False)
    land_found = yield from part(making, 0.4, 0.9)
    return pictured(climate_of(labels, land_found), recipe.look, 0)


def terrain_of(
    height: Field,
    sea: float,
    size: tuple[int, int],
    peak: float = PEAK,
    climate: Climate = TEMPERATE,
    with_lakes: bool = True,
) -> Making[Terrain]:
    """Land of heights (H, W) in any unit, of which `sea` is the sea's surface, at (width, height).

    What is not above the sea is water. `peak` is how high the highest place is in metres. Rivers may leave the map over
    its edge. Hollows are lakes, unless not `with_lakes`. Raises PictureError where the land is flat, or all sea.
    """
    lowest, highest = float(height.min()), float(height.max())
    if highest <= lowest:
        raise PictureError("This heightmap is flat: choose one with hills.")
    if highest <= sea:
        raise PictureError("This heightmap is all sea: choose a lower sea level.")
    metres = _metres(height, sea, peak / (highest - sea))
    yield 0.05
    shaped, lakes = _drained(_resized(metres, grids(size)[-1]))
    if not with_lakes:
        lakes = numpy.zeros_like(lakes)
    yield 0.3
    fine = _resized(metres, (size[1], size[0]))

    def refine(flow: Whole) -> Making[Refined]:
        yield 0.5
        surface = nearest(numpy.where(lakes, shaped.height, numpy.float32(DEEPEST)), fine.shape)
        drowned = (surface > fine) & (fine >= 0)
        return Refined(numpy.where(drowned, surface, fine), drowned)

    still = numpy.zeros(shaped.height.shape, numpy.float32)
    climate = replace(climate, wetness=climate.wetness * (1 + INLAND * _goes_on(metres)))
    making = living(shaped, refine, size, Bends(still, still, False), climate, 0)
    return (yield from part(making, 0.3, 1.0))


def _goes_on(height: Field) -> float:
    """What part of the edges of land (H, W) is no sea."""
    edges = (height[0], height[-1], height[:, 0], height[:, -1])
    return sum(int((each >= 0).sum()) for each in edges) / sum(map(len, edges))


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


def _drained(height: Field) -> tuple[Shaped, NDArray[numpy.bool_]]:
    """How water runs over land (h, w) as it is, with hollows filled, and which of them are lakes (h, w).

    Smooth slopes are made uneven first, since water would run down a plane in straight lines that never meet.
    """
    filled = _filled(height).height
    pieces, count = ndimage.label(filled - height > max(LAKE_DEPTH * float(height.max()), 2.0))
    large = numpy.bincount(pieces.ravel(), minlength=count + 1) >= max(LAKE_SIZE * height.size, 4)
    large[0] = False
    lakes = large[pieces]
    bumps = octaves(height.shape, max(height.shape) / BUMP, 7, 3, 0.6)
    bent = numpy.abs(filled - ndimage.uniform_filter(filled, 3, mode="nearest")) * numpy.float32(BENT)
    strength = numpy.maximum(relief(filled, False) - bent, 0) * numpy.float32(BUMPS)
    uneven = numpy.maximum(filled + strength * bumps, numpy.float32(0.1))
    return _filled(numpy.where(lakes | (height < 0), filled, uneven)), lakes


def _filled(height: Field) -> Shaped:
    """How water runs over land (h, w) whose hollows it has filled. It may leave over the edge."""
    edge = numpy.zeros(height.shape, numpy.bool_)
    edge[[0, -1]] = True
    edge[:, [0, -1]] = True
    drainage = drained(height, False, edge)
    areas = drainage.gathered((numpy.arange(len(drainage.places)) > 0).astype(numpy.int64))
    return Shaped(carved(height, drainage, areas, 0.0, None, HIGHEST), drainage, areas)

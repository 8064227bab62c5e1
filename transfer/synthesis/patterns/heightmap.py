"""Heightmaps: grey mountains for a game engine, with valleys that water has carved."""

import numpy
from numpy.typing import NDArray

from transfer.labels import Label, LabelMap
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.sampled import enlarged, looked_up, moved
from transfer.synthesis.fields.sheet import fractal_sheet, ridged_sheet, sheet
from transfer.synthesis.fields.tones import picture
from transfer.synthesis.made import Made, Making
from transfer.synthesis.patterns.carving import carved
from transfer.synthesis.recipes.heightmap import HeightmapRecipe

GRIDS = (80, 160, 320)  # squares on which water runs, in cells: first the large valleys, then the small
SMALL = 256  # pixels that do not show the smallest valleys
MARGIN = 1.25  # the square that water runs over, beside the picture's long side: its edges look cut off
LOWLAND = 0.1  # what is lower does not rise, and takes the water up
TOP = 65535


def make(recipe: HeightmapRecipe) -> Making[Made]:
    """Grey land, black where it is lowest; the height has 16 bits, and where there is a sea, labels go by height."""
    yield 0.0
    land = yield from _land(recipe)
    levels = _stretched(land)
    sea = _sea(levels, recipe.water) if recipe.water else None
    yield 0.8
    labels = LabelMap.of(_labels(levels, sea or 0))
    yield 0.9
    facts = (f"{numpy.count_nonzero(levels > sea) / levels.size:.0%} land",) if sea is not None else ()
    grey = levels.astype(numpy.float32) * numpy.float32(255 / TOP)
    return Made(picture=picture(grey), height=levels, sea=sea, labels=labels, facts=facts)


def _land(recipe: HeightmapRecipe) -> Making[NDArray[numpy.float32]]:
    """The land, in no unit, on the pixels of the picture."""
    size, seed, scale = recipe.size, recipe.seed, recipe.scale
    carved_land = yield from _valleys(recipe)
    longest = round(max(size) * MARGIN)
    places = []
    for axis, side in enumerate(size):
        bent = fractal_sheet(size, 13, seed + 301 + 50 * axis, 5, 0.6) * numpy.float32(0.02 * longest)
        along = numpy.arange(side, dtype=numpy.float32) + numpy.float32((longest - side) // 2)
        places.append(bent + (along[:, None] if axis else along[None, :]))
        yield 0.5 + 0.05 * axis
    found = looked_up(enlarged(carved_land, (longest, longest)), *places)
    yield 0.7
    detail = fractal_sheet(size, scale * 20, seed + 31, 7, 0.55)
    detail -= numpy.float32(0.5) * numpy.abs(sheet(size, scale * 31, seed + 57))
    steep = numpy.float32(0.008) + numpy.float32(0.03 + 0.03 * recipe.ruggedness) * eased(found, 0.1, 0.7)
    return found + detail * steep


def _valleys(recipe: HeightmapRecipe) -> Making[NDArray[numpy.float32]]:
    """A square of land around the picture's, from 0 to about 1, into which water has carved valleys."""
    land: NDArray[numpy.float32] = numpy.zeros((1, 1), numpy.float32)
    force = numpy.float32(recipe.erosion)
    for done, side in enumerate(GRIDS if max(recipe.size) > SMALL else GRIDS[:-1]):
        rough = _shape(recipe, (side, side))
        bumps = fractal_sheet((side, side), 24, recipe.seed + 41, 8, 0.7)
        if not done:
            land = numpy.float32(0.3) * rough + numpy.float32(0.05) * bumps
        else:
            land = enlarged(land, (side, side)) + numpy.float32(0.03) * bumps
        if recipe.erosion:
            rising = (numpy.float32(2.5) * rough).astype(numpy.float64)
            land = carved(land.astype(numpy.float64), rising, rough < LOWLAND, 450 * recipe.erosion).astype(
                numpy.float32
            )
        yield (0.1, 0.2, 0.4)[done]
    land /= max(land.max(), numpy.float32(1e-6))
    return rough + force * (land + numpy.float32(0.25) * rough - rough)


def _shape(recipe: HeightmapRecipe, size: tuple[int, int]) -> NDArray[numpy.float32]:
    """The land before water runs, about 0 to 1: plains, and massifs of sharp crests, bent by a coarse noise."""
    seed, scale, rugged = recipe.seed, recipe.scale * MARGIN, numpy.float32(recipe.ruggedness)
    massifs = eased(fractal_sheet(size, scale * 0.8, seed, 4, 0.45), -0.45, 0.55)
    crests = ridged_sheet(size, scale * 1.7, seed + 11, 7, 0.55)
    rolling = numpy.float32(0.5) + numpy.float32(0.5) * fractal_sheet(size, scale * 1.5, seed + 23, 7, 0.5)
    mixed = rugged * crests + (1 - rugged) * numpy.float32(0.6) * rolling
    land = massifs * (numpy.float32(0.3) + numpy.float32(0.9) * mixed) + numpy.float32(0.08) * rolling
    far = numpy.float32(0.16 * max(size) / scale)
    return moved(land, *(fractal_sheet(size, scale * 1.3, seed + 7001 + 50 * axis, 3) * far for axis in (0, 1)))


def _stretched(land: NDArray[numpy.float32]) -> NDArray[numpy.uint16]:
    lowest, highest = land.min(), land.max()
    scale = numpy.float32(TOP) / max(highest - lowest, numpy.float32(1e-6))
    return numpy.asarray(numpy.clip((land - lowest) * scale, 0, TOP) + numpy.float32(0.5)).astype(numpy.uint16)


def _sea(levels: NDArray[numpy.uint16], share: float) -> int:
    """The level that this share of the map lies at or under."""
    below = numpy.cumsum(numpy.bincount(levels.ravel(), minlength=TOP + 1))
    return int(numpy.searchsorted(below, share * levels.size))


def _labels(levels: NDArray[numpy.uint16], sea: int) -> NDArray[numpy.uint8]:
    """Water up to the sea; above it plain, mountain and ice by height."""
    above = TOP - sea
    bounds = [sea + 1 if sea else 0, sea + above * 2 // 5, sea + above * 4 // 5]
    names = numpy.array([Label.WATER, Label.PLAIN, Label.MOUNTAIN, Label.ICE], numpy.uint8)
    return names[numpy.searchsorted(bounds, levels, side="right")]

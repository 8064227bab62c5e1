"""An island in the sea, with a volcano."""

import math

import numpy
from numpy.typing import NDArray

from transfer.synthesis.fields.easing import ease
from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.land.continents import Start, places, shares
from transfer.synthesis.land.mapped import pictured
from transfer.synthesis.land.phases import Phases
from transfer.synthesis.land.valleys import Shaped, grids, raised, shaped
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.land import IslandRecipe
from transfer.synthesis.terrain import Terrain

WIDEST = 0.06  # of the long side, the radius of the widest crater
FLOOR = 0.6  # how high a crater's floor lies beside its rim


def terrain(recipe: IslandRecipe) -> Making[Terrain]:
    """The land that a recipe asks for, whatever its look."""
    return (yield from _phases.terrain(recipe))


def make(recipe: IslandRecipe) -> Making[Made]:
    """An island as a map in the look that was asked for."""
    found = yield from terrain(recipe)
    return pictured(found, recipe.look, recipe.seed)


def _ground(recipe: IslandRecipe) -> Making[Shaped]:
    """The land as water has shaped it, before there is any weather."""
    shapes = grids(recipe.size)
    start = _start(recipe, shapes[0])
    yield 0.02
    low = 1 - 0.75 * recipe.volcano
    height = yield from part(raised(start, recipe.cuts, recipe.peak * low, False), 0.02, 0.1)
    height, crater = _with_volcano(height, recipe, *_summit(recipe))
    carving = shaped(height, shapes[1:], recipe.cuts * 0.25, recipe.ruggedness * 0.6, recipe.seed + 11, False, crater)
    return (yield from part(carving, 0.1, 0.3))


_phases = Phases[IslandRecipe](_ground, lambda recipe: False)


def _summit(recipe: IslandRecipe) -> tuple[float, float]:
    """Where the volcano stands, in parts of the long side."""
    aside = hashed(numpy.arange(2, dtype=numpy.int64), numpy.zeros(2, numpy.int64), recipe.seed + 77) / 2**32 - 0.5
    width, height = recipe.size
    return (
        width / max(recipe.size) * (0.5 + 0.16 * float(aside[0])),
        height / max(recipe.size) * (0.5 + 0.16 * float(aside[1])),
    )


def _start(recipe: IslandRecipe, shape: tuple[int, int]) -> Start:
    """Land before erosion: a noisy cone around the middle, with hills."""
    across, down = places(shape)
    high, wide = shape[0] / max(shape), shape[1] / max(shape)
    bend = [octaves(shape, 5, recipe.seed + 7 + each, 4, 0.5) for each in range(2)]
    right = (across - numpy.float32(wide / 2)) / numpy.float32(wide) + numpy.float32(0.035) * bend[0]
    below = (down - numpy.float32(high / 2)) / numpy.float32(high) + numpy.float32(0.035) * bend[1]
    from_middle = numpy.sqrt(right * right + below * below)
    coast = octaves(shape, 3.5, recipe.seed + 3, 5, recipe.gain)
    edge = ease((from_middle - numpy.float32(0.38)) / numpy.float32(0.12))
    height = shares(numpy.float32(0.16) * coast - from_middle * 2 - 2 * edge, recipe.land)
    hills = octaves(shape, 12, recipe.seed + 5, 3, 0.8)
    inland = ease(height / numpy.float32(250))
    height = numpy.where(height > 0, numpy.maximum(height + inland * hills * numpy.float32(110), 1), height)
    uplift = ease(numpy.float32(0.4) + numpy.float32(0.35) * hills) * inland
    return Start(numpy.asarray(height, dtype=numpy.float32), uplift)


def _apart(across: Field, down: Field, x: float, y: float, bend: list[Field]) -> Field:
    """How far each place is from (x, y), in parts of the long side, on land that is bent a little."""
    right = across - numpy.float32(x) + numpy.float32(0.005) * bend[1]
    below = down - numpy.float32(y) + numpy.float32(0.005) * bend[0]
    return numpy.asarray(numpy.sqrt(right * right + below * below), dtype=numpy.float32)


def _with_volcano(height: Field, recipe: IslandRecipe, x: float, y: float) -> tuple[Field, NDArray[numpy.bool_] | None]:
    """The land with a volcano at (x, y), and where its crater is, if it has one.

    Its sides are steeper towards the summit, as those of a pile of ashes and lava are.
    """
    if not recipe.volcano:
        return height, None
    across, down = places(height.shape)
    wide, high = (each / max(recipe.size) for each in recipe.size)
    bend = [octaves(height.shape, 9, recipe.seed + 60 + each, 3, 0.5) for each in range(2)]
    away = _apart(across, down, x, y, bend)
    foot = numpy.float32(0.8 * math.sqrt(recipe.land * wide * high / math.pi))
    radius = numpy.float32(WIDEST * (0.3 + 0.7 * recipe.crater) if recipe.crater else 0)
    side = numpy.maximum(1 - numpy.maximum(away - radius, 0) / foot, 0)
    added = (
        side * side * (numpy.float32(0.45) + numpy.float32(0.55) * side) * numpy.float32(recipe.peak * recipe.volcano)
    )
    height = numpy.where(height >= 0, height * (1 - side * numpy.float32(recipe.volcano)) + added, height)
    if not recipe.crater:
        return height, None
    ring = height[(away > radius * numpy.float32(0.8)) & (away < radius * numpy.float32(1.2))]
    inside = (away < radius) & (height > 0)
    rim = numpy.float32(numpy.sort(ring)[len(ring) // 2])
    up = away / radius
    bowl = rim * (numpy.float32(FLOOR) + numpy.float32(1 - FLOOR) * up * up)
    return numpy.where(inside, numpy.minimum(height, bowl), height), inside

"""An island in the sea, with a volcano."""

import numpy
from numpy.typing import NDArray

from transfer.synthesis.continents import Start, places, shares, smooth
from transfer.synthesis.land import settled
from transfer.synthesis.land_recipe import IslandRecipe
from transfer.synthesis.lattice import octaves
from transfer.synthesis.made import Made, Making
from transfer.synthesis.mapped import pictured
from transfer.synthesis.noise import Field, hashed
from transfer.synthesis.parts import part
from transfer.synthesis.terrain import Terrain
from transfer.synthesis.valleys import grids, raised, shaped

WIDEST = 0.075  # of the long side, the radius of the widest crater
FLOOR = 0.72  # how high a crater's floor lies beside its rim


def terrain(recipe: IslandRecipe) -> Making[Terrain]:
    """The land that a recipe asks for."""
    shapes = grids(recipe.size)
    x, y = _summit(recipe)
    start = _start(recipe, shapes[0], x, y)
    yield 0.02
    height = yield from part(raised(start, recipe.cuts, recipe.peak, False), 0.02, 0.1)
    crater = None
    if recipe.volcano > 0 and recipe.crater > 0:
        height, crater = _with_crater(height, recipe, x, y)
    carving = shaped(height, shapes[1:], recipe.cuts, recipe.ruggedness, recipe.seed + 11, False, crater)
    found = yield from part(carving, 0.1, 0.3)
    settling = settled(found, recipe.size, recipe.climate, recipe.ruggedness, recipe.seed + 23, False)
    return (yield from part(settling, 0.3, 0.8))


def make(recipe: IslandRecipe) -> Making[Made]:
    """An island as a map in the look that was asked for."""
    found = yield from terrain(recipe)
    return pictured(found, recipe.look, recipe.seed)


def _summit(recipe: IslandRecipe) -> tuple[float, float]:
    """Where the volcano stands, in parts of the long side."""
    aside = hashed(numpy.arange(2, dtype=numpy.int64), numpy.zeros(2, numpy.int64), recipe.seed + 77) / 2**32 - 0.5
    width, height = recipe.size
    return (
        width / max(recipe.size) * (0.5 + 0.16 * float(aside[0])),
        height / max(recipe.size) * (0.5 + 0.16 * float(aside[1])),
    )


def _start(recipe: IslandRecipe, shape: tuple[int, int], x: float, y: float) -> Start:
    """Land before erosion: a noisy cone around the middle, and a second one, the volcano, around (x, y)."""
    across, down = places(shape)
    high, wide = shape[0] / max(shape), shape[1] / max(shape)
    bend = [octaves(shape, 5, recipe.seed + 7 + each, 4, 0.5) for each in range(2)]
    right = (across - numpy.float32(wide / 2)) / numpy.float32(wide) + numpy.float32(0.035) * bend[0]
    below = (down - numpy.float32(high / 2)) / numpy.float32(high) + numpy.float32(0.035) * bend[1]
    from_middle = numpy.sqrt(right * right + below * below)
    coast = octaves(shape, 3.5, recipe.seed + 3, 5, recipe.gain)
    edge = smooth((from_middle - numpy.float32(0.38)) / numpy.float32(0.12))
    height = shares(numpy.float32(0.16) * coast - from_middle * 2 - 2 * edge, recipe.land)
    radius = numpy.float32(0.75 * (recipe.land * wide * high / 3.14) ** 0.5)
    cone = numpy.maximum(1 - _apart(across, down, x, y, bend) / radius, 0)
    hills = octaves(shape, 12, recipe.seed + 5, 3, 0.8)
    inland = smooth(height / numpy.float32(250))
    height = numpy.where(height > 0, numpy.maximum(height + inland * hills * numpy.float32(110), 1), height)
    ranges = (
        smooth(numpy.float32(0.4) + numpy.float32(0.35) * hills) * inland * numpy.float32(0.6 - 0.4 * recipe.volcano)
    )
    uplift = ranges + numpy.float32(recipe.volcano) * cone * cone
    return Start(numpy.asarray(height, dtype=numpy.float32), numpy.asarray(uplift, dtype=numpy.float32))


def _apart(across: Field, down: Field, x: float, y: float, bend: list[Field]) -> Field:
    """How far each place is from (x, y), in parts of the long side, on land that is bent a little."""
    right = across - numpy.float32(x) + numpy.float32(0.012) * bend[1]
    below = down - numpy.float32(y) + numpy.float32(0.012) * bend[0]
    return numpy.asarray(numpy.sqrt(right * right + below * below), dtype=numpy.float32)


def _with_crater(height: Field, recipe: IslandRecipe, x: float, y: float) -> tuple[Field, NDArray[numpy.bool_]]:
    """The land with a crater around (x, y), and where that is."""
    across, down = places(height.shape)
    radius = numpy.float32(WIDEST * (0.3 + 0.7 * recipe.crater))
    bend = [octaves(height.shape, 14, recipe.seed + 60 + each, 2, 0.5) for each in range(2)]
    away = _apart(across, down, x, y, bend) / radius
    ring = height[(away > 0.85) & (away < 1.15)]
    rim = numpy.float32(numpy.sort(ring)[len(ring) // 2])
    inside = away < 1
    bowl = rim * (numpy.float32(FLOOR) + numpy.float32(1 - FLOOR) * away * away)
    return numpy.where(inside, numpy.minimum(height, bowl), height), inside

"""A world: continents, mountains, rivers, climates and cities."""

from transfer.synthesis.land.continents import continents
from transfer.synthesis.land.mapped import pictured
from transfer.synthesis.land.phases import Phases
from transfer.synthesis.land.valleys import Shaped, grids, raised, shaped
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.land import WorldRecipe
from transfer.synthesis.terrain import Terrain


def terrain(recipe: WorldRecipe) -> Making[Terrain]:
    """The land that a recipe asks for, whatever its look."""
    return (yield from _phases.terrain(recipe))


def make(recipe: WorldRecipe) -> Making[Made]:
    """A world as a map in the look that was asked for."""
    found = yield from terrain(recipe)
    return pictured(found, recipe.look, recipe.seed)


def _ground(recipe: WorldRecipe) -> Making[Shaped]:
    """The land as water has shaped it, before there is any weather."""
    shapes = grids(recipe.size)
    rising = 0.2 + 0.8 * recipe.mountains
    start = continents(shapes[0], recipe.continents, recipe.land, recipe.gain, rising, recipe.seed, recipe.wraps)
    yield 0.02
    height = yield from part(raised(start, recipe.cuts, recipe.peak, recipe.wraps), 0.02, 0.1)
    carving = shaped(height, shapes[1:], recipe.cuts, recipe.ruggedness, recipe.seed + 11, recipe.wraps)
    return (yield from part(carving, 0.1, 0.3))


_phases = Phases[WorldRecipe](_ground, lambda recipe: recipe.wraps)

"""A world: continents, mountains, rivers, climates and cities."""

from transfer.synthesis.land.continents import continents
from transfer.synthesis.land.mapped import pictured
from transfer.synthesis.land.phases import LANDS, ground_of, is_small, on_its_own
from transfer.synthesis.land.shaping import settled
from transfer.synthesis.land.valleys import Shaped, grids, raised, shaped
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.land import WorldRecipe
from transfer.synthesis.remembered import Remembered
from transfer.synthesis.terrain import Terrain

_lands, _grounds = Remembered[Terrain](LANDS), Remembered[Shaped](LANDS)


def terrain(recipe: WorldRecipe) -> Making[Terrain]:
    """The land that a recipe asks for, whatever its look."""
    making = _settled(recipe)
    return (yield from (_lands.made(on_its_own(recipe), making) if is_small(recipe) else making))


def make(recipe: WorldRecipe) -> Making[Made]:
    """A world as a map in the look that was asked for."""
    found = yield from terrain(recipe)
    return pictured(found, recipe.look, recipe.seed)


def _settled(recipe: WorldRecipe) -> Making[Terrain]:
    making = _ground(recipe)
    found = yield from (_grounds.made(ground_of(recipe), making) if is_small(recipe) else making)
    settling = settled(found, recipe.size, recipe.climate, recipe.ruggedness, recipe.seed + 23, recipe.wraps)
    return (yield from part(settling, 0.3, 0.8))


def _ground(recipe: WorldRecipe) -> Making[Shaped]:
    """The land as water has shaped it, before there is any weather."""
    shapes = grids(recipe.size)
    rising = 0.2 + 0.8 * recipe.mountains
    start = continents(shapes[0], recipe.continents, recipe.land, recipe.gain, rising, recipe.seed, recipe.wraps)
    yield 0.02
    height = yield from part(raised(start, recipe.cuts, recipe.peak, recipe.wraps), 0.02, 0.1)
    carving = shaped(height, shapes[1:], recipe.cuts, recipe.ruggedness, recipe.seed + 11, recipe.wraps)
    return (yield from part(carving, 0.1, 0.3))

"""The land that maps of hexagons and of blocks are made of: a world's or an island's, on a coarse grid."""

import pkgutil
from collections.abc import Callable
from typing import Any

from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.ground_recipe import GroundRecipe
from transfer.synthesis.made import Making
from transfer.synthesis.recipe import SMALLEST
from transfer.synthesis.terrain import Terrain

HANDED_ON = ("shape", "seed", "land", "temperature", "moisture")  # as far as the generator of the land knows them


def terrain_of(recipe: GroundRecipe, cells: int) -> Making[Terrain]:
    """The land on a grid with a long side of so many cells, and of the recipe's shape."""
    generator = GENERATORS[recipe.ground]
    known = {name: getattr(recipe, name) for name in HANDED_ON if name in generator.recipe.model_fields}
    made_on = generator.recipe(image_size=max(SMALLEST, cells), **known)
    terrain: Callable[[Any], Making[Terrain]] = pkgutil.resolve_name(f"{generator.module}:terrain")
    return (yield from terrain(made_on))


def share_of_land(terrain: Terrain) -> str:
    """In words, as "31 % land"."""
    water = terrain.is_water
    return f"{round(100 - 100 * int(water.sum()) / water.size)} % land"

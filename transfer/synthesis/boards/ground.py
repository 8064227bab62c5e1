"""The land that maps of hexagons and of blocks are made of: a world's or an island's, on a coarse grid."""

from collections.abc import Callable, Mapping
from typing import Any

from transfer.synthesis.land import island, world
from transfer.synthesis.made import Making
from transfer.synthesis.recipes.base import SMALLEST
from transfer.synthesis.recipes.boards import GroundRecipe
from transfer.synthesis.recipes.land import IslandRecipe, LandRecipe, WorldRecipe
from transfer.synthesis.terrain import Terrain

GROUNDS: Mapping[str, tuple[type[LandRecipe], Callable[[Any], Making[Terrain]]]] = {
    "world": (WorldRecipe, world.terrain),
    "island": (IslandRecipe, island.terrain),
}
HANDED_ON = ("shape", "seed", "land", "temperature", "moisture")  # as far as the recipe of the land knows them


def terrain_of(recipe: GroundRecipe, cells: int) -> Making[Terrain]:
    """The land on a grid with a long side of so many cells, and of the recipe's shape."""
    land, terrain = GROUNDS[recipe.ground]
    known = {name: getattr(recipe, name) for name in HANDED_ON if name in land.model_fields}
    return (yield from terrain(land(image_size=max(SMALLEST, cells), **known)))


def share_of_land(terrain: Terrain) -> str:
    """In words, as "31% land"."""
    water = terrain.is_water
    return f"{round(100 - 100 * int(water.sum()) / water.size)}% land"

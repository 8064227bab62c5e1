"""The land that maps of hexagons and of blocks are made of: a world's or an island's, on a coarse grid."""

import pkgutil
from typing import Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.made import Making
from transfer.synthesis.recipe import SynthesisRecipe
from transfer.synthesis.terrain import Terrain

CLIMATE = "climate"
SMALLEST = 64  # cells along the long side that land is made on


class GroundRecipe(SynthesisRecipe):
    """What land is asked for with, however it is drawn."""

    ground: Literal["world", "island"] = Field(
        "world",
        title="Land",
        description="Continents in a sea, or one island with a volcano.",
        json_schema_extra=group(ESSENTIALS),
    )
    land: float = Field(
        0.5,
        ge=0.05,
        le=0.95,
        title="Share of land",
        description="How much of the map is not sea.",
        json_schema_extra=group(ESSENTIALS),
    )
    temperature: float = Field(
        0.0,
        ge=-30,
        le=30,
        title="Warmer by",
        description="Degrees that are added to the climate; below 0 it is colder.",
        json_schema_extra=group(CLIMATE),
    )
    moisture: float = Field(
        1.0,
        ge=0,
        le=2,
        title="Moisture",
        description="How wet the climate is; 0 is dry everywhere.",
        json_schema_extra=group(CLIMATE),
    )


def terrain_of(recipe: GroundRecipe, cells: int) -> Making[Terrain]:
    """The land on a grid with a long side of so many cells."""
    name = recipe.ground
    asked = {
        "image_size": max(SMALLEST, cells),
        "shape": recipe.shape,
        "seed": recipe.seed,
        "land": recipe.land,
        "temperature": recipe.temperature,
        "moisture": recipe.moisture,
    }
    kind = pkgutil.resolve_name(f"transfer.synthesis.{name}:{name.title()}Recipe")
    making: Making[Terrain] = pkgutil.resolve_name(f"transfer.synthesis.{name}:terrain")(kind(**asked))
    return (yield from making)


def share_of_land(terrain: Terrain) -> str:
    """In words, as "31 % land"."""
    water = terrain.is_water
    return f"{round(100 - 100 * int(water.sum()) / water.size)} % land"

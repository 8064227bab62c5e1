"""A world: continents, mountains, rivers, climates and cities."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.climate import Latitudes
from transfer.synthesis.continents import continents
from transfer.synthesis.land import settled
from transfer.synthesis.looks import drawn
from transfer.synthesis.made import Made, Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipe import SynthesisRecipe
from transfer.synthesis.terrain import Terrain
from transfer.synthesis.valleys import grids, shaped
from transfer.synthesis.weather import Climate

LAND, CLIMATE = "land", "climate"
Look = Literal["relief", "biomes", "grey", "paper"]


class LandRecipe(SynthesisRecipe):
    """What worlds and islands are both asked for with."""

    look: Look = Field(
        "relief",
        title="Look",
        description="Shaded relief, flat biomes, grey heights, or ink on paper.",
        json_schema_extra=group(ESSENTIALS),
    )
    roughness: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Roughness",
        description="From smooth coasts and slopes to ragged ones.",
        json_schema_extra=group(LAND),
    )
    mountains: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Mountains",
        description="How high and how many they are.",
        json_schema_extra=group(LAND),
    )
    erosion: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Erosion",
        description="How deep water has cut into the land.",
        json_schema_extra=group(LAND),
    )
    rivers: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Rivers",
        description="None at 0, brooks too at 1.",
        json_schema_extra=group(LAND),
    )
    cities: int = Field(
        6,
        ge=0,
        le=20,
        title="Cities",
        description="At most so many; they stand where people would live.",
        json_schema_extra=group(LAND),
    )
    temperature: float = Field(
        0.0,
        ge=-30,
        le=30,
        title="Temperature",
        description="Degrees Celsius warmer than on Earth.",
        json_schema_extra=group(CLIMATE),
    )
    moisture: float = Field(
        1.0,
        ge=0,
        le=2,
        title="Rain",
        description="How much falls; 1 is as on Earth.",
        json_schema_extra=group(CLIMATE),
    )
    north: float = Field(
        66.0,
        ge=-90,
        le=90,
        title="Upper latitude",
        description="Degrees north of the equator at the upper edge; a whole globe is from 90 to -90.",
        json_schema_extra=group(CLIMATE),
    )
    south: float = Field(
        4.0,
        ge=-90,
        le=90,
        title="Lower latitude",
        description="Degrees north of the equator at the lower edge; negative in the south.",
        json_schema_extra=group(CLIMATE),
    )

    @property
    def climate(self) -> Climate:
        """As the pipeline takes it."""
        latitudes = Latitudes(self.north, self.south, self.temperature)
        return Climate(latitudes, self.moisture, self.rivers, self.cities)

    @property
    def cuts(self) -> float:
        """The strength of `transfer.synthesis.erosion.carved`."""
        return 0.02 + 0.5 * self.erosion * self.erosion + 0.2 * self.erosion

    @property
    def peak(self) -> float:
        """How high mountains are, in metres."""
        return 600 + 5600 * self.mountains


class WorldRecipe(LandRecipe):
    """How a world is made."""

    kind: ClassVar[str] = "world"

    land: float = Field(
        0.35,
        ge=0.05,
        le=0.95,
        title="Land",
        description="How much of the map is land; 0.29 is as on Earth.",
        json_schema_extra=group(ESSENTIALS),
    )
    continents: float = Field(
        2.5,
        ge=1,
        le=8,
        title="Continents",
        description="About how many stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    wraps: bool = Field(
        False,
        title="Goes round",
        description="The right edge meets the left, so that the map covers a globe.",
        json_schema_extra=group(LAND),
    )


def terrain(recipe: WorldRecipe) -> Making[Terrain]:
    """The land that a recipe asks for."""
    shapes = grids(recipe.size)
    gain = 0.38 + 0.24 * recipe.roughness
    start = continents(
        shapes[0], recipe.continents, recipe.land, gain, 0.2 + 0.8 * recipe.mountains, recipe.seed, recipe.wraps
    )
    yield 0.02
    rough = 0.3 + 1.4 * recipe.roughness
    carving = shaped(start, shapes, recipe.cuts, rough, recipe.peak, recipe.seed + 11, recipe.wraps)
    found = yield from part(carving, 0.02, 0.3)
    return (
        yield from part(settled(found, recipe.size, recipe.climate, rough, recipe.seed + 23, recipe.wraps), 0.3, 0.8)
    )


def make(recipe: WorldRecipe) -> Making[Made]:
    """A world as a map in the look that was asked for."""
    found = yield from terrain(recipe)
    return pictured(found, recipe.look, recipe.seed)


def pictured(land: Terrain, look: Look, seed: int) -> Made:
    """The map of a land, and what is known of it."""
    height, sea = land.elevation()
    return Made(
        picture=drawn(land, look, seed),
        height=height,
        sea=sea,
        labels=land.labels,
        rivers=land.rivers,
        facts=facts(land),
        wraps=land.wraps,
    )


def facts(land: Terrain) -> tuple[str, ...]:
    """What is known of a land, in words."""
    width = land.height.shape[1]
    share = int((land.height >= 0).sum()) / land.height.size
    rivers = sum(bool(0 <= each.points[0, 0] < width) for each in land.rivers)
    counted = ((rivers, "river", "rivers"), (len(land.cities), "city", "cities"))
    named = (f"{count} {one if count == 1 else more}" for count, one, more in counted if count)
    return (f"{share:.0%} land".replace("%", " %"), *named, f"highest place {float(land.height.max()):.0f} m")

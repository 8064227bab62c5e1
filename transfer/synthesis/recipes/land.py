"""What worlds and islands are asked for with. Loads no SciPy, since every process reads it."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, field_of, group
from transfer.synthesis.recipes.base import SynthesisRecipe
from transfer.synthesis.recipes.climate import Climate, Latitudes

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
        description="At most this many, placed where people would settle.",
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
        """The strength of `transfer.synthesis.land.erosion.carved`."""
        return 0.02 + 0.1 * self.erosion + 0.36 * self.erosion * self.erosion

    @property
    def gain(self) -> float:
        """How strong each finer octave of the coast is beside the one before."""
        return 0.38 + 0.24 * self.roughness

    @property
    def ruggedness(self) -> float:
        """How strong finer noise is on slopes."""
        return 0.3 + 1.4 * self.roughness

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
        title="Wraps around",
        description="The right edge meets the left, so that the map covers a globe.",
        json_schema_extra=group(LAND),
    )

    @property
    def goes_round(self) -> bool:
        """See `MadeRecipe`."""
        return self.wraps


class IslandRecipe(LandRecipe):
    """How an island is made."""

    kind: ClassVar[str] = "island"

    land: float = Field(
        0.25,
        ge=0.05,
        le=0.6,
        title="Land",
        description="How much of the map is land.",
        json_schema_extra=group(ESSENTIALS),
    )
    volcano: float = Field(
        0.7,
        ge=0,
        le=1,
        title="Volcano",
        description="How much of the island's height it makes; none at 0.",
        json_schema_extra=group(ESSENTIALS),
    )
    crater: float = Field(
        0.4,
        ge=0,
        le=1,
        title="Crater",
        description="How wide it is; none at 0.",
        json_schema_extra=group(LAND),
    )
    cities: int = field_of(LandRecipe, "cities", default=2)
    north: float = Field(
        23.0,
        ge=-90,
        le=90,
        title="Upper latitude",
        description="Degrees north of the equator at the upper edge.",
        json_schema_extra=group(CLIMATE),
    )
    south: float = field_of(LandRecipe, "south", default=19.0)
    moisture: float = field_of(LandRecipe, "moisture", default=1.3)

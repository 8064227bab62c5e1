"""What somebody's own map is read with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.climate import Climate, Latitudes
from transfer.synthesis.recipes.land import CLIMATE, LAND, Look

NORTH, SOUTH = 60.0, 30.0  # degrees: the latitudes that maps without any are taken to lie at


class OwnMapRecipe(MadeRecipe):
    """How a heightmap or a coloured map becomes a map with rivers, climate and labels."""

    kind: ClassVar[str] = "map"

    reads: Literal["automatic", "height", "colours"] = Field(
        "automatic",
        title="Read as",
        description="height: light is high; colours: blue is water, dark green forest; automatic: grey maps by height.",
        json_schema_extra=group(ESSENTIALS),
    )
    look: Literal["automatic", Look] = Field(
        "automatic",
        title="Look",
        description="automatic: shaded relief for heights; a coloured map stays as it is.",
        json_schema_extra=group(ESSENTIALS),
    )
    sea: float = Field(
        0.0,
        ge=0,
        le=1,
        title="Sea level",
        description="From the lowest place (0) to the highest (1). At 0 the file decides: its own zero, or flat lows.",
        json_schema_extra=group(ESSENTIALS),
    )
    peak: float = Field(
        0.0,
        ge=0,
        le=8000,
        title="Highest place",
        description="Metres above the sea. At 0 as in the file, and 3000 where it does not say.",
        json_schema_extra=group(LAND),
    )
    invert: bool = Field(
        False,
        title="Invert",
        description="Dark is high and light is low.",
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
        4,
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
        description="Degrees Celsius warmer than in the middle of Europe.",
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

    @property
    def climate(self) -> Climate:
        """As the pipeline takes it."""
        return Climate(Latitudes(NORTH, SOUTH, self.temperature), self.moisture, self.rivers, self.cities)

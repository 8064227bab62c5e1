"""What somebody's own map is read with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, field_of, group
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.climate import Climate, Latitudes
from transfer.synthesis.recipes.land import CLIMATE, LAND, LandRecipe, Look

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
    rivers: float = field_of(LandRecipe, "rivers")
    cities: int = field_of(LandRecipe, "cities", default=4)
    temperature: float = Field(
        0.0,
        ge=-30,
        le=30,
        title="Temperature",
        description="Degrees Celsius warmer than in the middle of Europe.",
        json_schema_extra=group(CLIMATE),
    )
    moisture: float = field_of(LandRecipe, "moisture")

    @property
    def climate(self) -> Climate:
        """As the pipeline takes it."""
        return Climate(Latitudes(NORTH, SOUTH, self.temperature), self.moisture, self.rivers, self.cities)

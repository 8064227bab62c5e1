"""What a city is asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class CityRecipe(SynthesisRecipe):
    """How a city is made."""

    kind: ClassVar[str] = "city"

    look: Literal["aerial", "plan"] = Field(
        "aerial",
        title="Look",
        description="As seen from the air, or as a plan.",
        json_schema_extra=group(ESSENTIALS),
    )
    wards: int = Field(
        60,
        ge=12,
        le=240,
        title="Wards",
        description="How many wards there are: more make a larger city, seen from higher up.",
        json_schema_extra=group(ESSENTIALS),
    )
    sprawl: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Sprawl",
        description="How far the city reaches: 0 leaves an old town among fields, 1 fills the picture.",
        json_schema_extra=group(ESSENTIALS),
    )
    parks: float = Field(
        0.08,
        ge=0,
        le=0.5,
        title="Parks",
        description="What share of the wards outside of the old town are parks.",
        json_schema_extra=group(ESSENTIALS),
    )
    river: bool = Field(
        True,
        title="River",
        description="A river with quays and bridges.",
        json_schema_extra=group(ESSENTIALS),
    )
    ring: Literal["road", "wall", "none"] = Field(
        "road",
        title="Ring",
        description="What surrounds the old town.",
        json_schema_extra=group(ESSENTIALS),
    )

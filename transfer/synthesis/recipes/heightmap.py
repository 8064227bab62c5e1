"""What a heightmap is asked for with."""

from typing import ClassVar

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class HeightmapRecipe(SynthesisRecipe):
    """How a heightmap is made."""

    kind: ClassVar[str] = "heightmap"

    scale: float = Field(
        3.0,
        ge=1,
        le=16,
        title="Scale",
        description="How many massifs stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    ruggedness: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Ruggedness",
        description="0 has rolling hills, 1 sharp crests everywhere.",
        json_schema_extra=group(ESSENTIALS),
    )
    erosion: float = Field(
        0.7,
        ge=0,
        le=1,
        title="Erosion",
        description="How deep water has carved its valleys.",
        json_schema_extra=group(ESSENTIALS),
    )
    water: float = Field(
        0.0,
        ge=0,
        le=0.9,
        title="Water",
        description="How much of the map lies under the sea.",
        json_schema_extra=group(ESSENTIALS),
    )

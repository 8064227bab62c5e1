"""What a watercolour is asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class WatercolourRecipe(SynthesisRecipe):
    """How a texture of watercolours is made."""

    kind: ClassVar[str] = "watercolour"

    scale: float = Field(
        1.0,
        ge=0.4,
        le=4,
        title="Scale",
        description="How many washes fit across.",
        json_schema_extra=group(ESSENTIALS),
    )
    grain: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Grain",
        description="How rough the paper is.",
        json_schema_extra=group(ESSENTIALS),
    )
    palette: Literal["coast", "meadow", "dusk"] = Field(
        "coast",
        title="Palette",
        description="The pigments.",
        json_schema_extra=group(ESSENTIALS),
    )

"""What an ink map is asked for with."""

from typing import ClassVar

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class InkRecipe(SynthesisRecipe):
    """How a texture of an ink map is made."""

    kind: ClassVar[str] = "ink"

    scale: float = Field(
        2.6,
        ge=1,
        le=12,
        title="Scale",
        description="How many lands stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    pen: float = Field(
        1.0,
        ge=0.5,
        le=3,
        title="Pen",
        description="How wide its lines are.",
        json_schema_extra=group(ESSENTIALS),
    )
    tint: float = Field(
        0.8,
        ge=0,
        le=1,
        title="Tint",
        description="How strong sea, woods and hills are coloured.",
        json_schema_extra=group(ESSENTIALS),
    )

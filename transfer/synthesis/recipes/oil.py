"""What oil strokes are asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class OilRecipe(SynthesisRecipe):
    """How a texture of oil strokes is made."""

    kind: ClassVar[str] = "oil"

    scale: float = Field(
        2.5,
        ge=1,
        le=12,
        title="Scale",
        description="How many swirls stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    strokes: float = Field(
        1.0,
        ge=0.4,
        le=3,
        title="Strokes",
        description="How large strokes are.",
        json_schema_extra=group(ESSENTIALS),
    )
    palette: Literal["night", "harvest", "garden"] = Field(
        "night",
        title="Palette",
        description="The colours of the paint.",
        json_schema_extra=group(ESSENTIALS),
    )

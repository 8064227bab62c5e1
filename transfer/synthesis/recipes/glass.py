"""What stained glass is asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class GlassRecipe(SynthesisRecipe):
    """How stained glass is made."""

    kind: ClassVar[str] = "glass"

    leading: Literal["cells", "fractal"] = Field(
        "cells",
        title="Leading",
        description="Cells of about one size, or pieces of many sizes.",
        json_schema_extra=group(ESSENTIALS),
    )
    pieces: int = Field(
        160,
        ge=8,
        le=1000,
        title="Pieces",
        description="How many pieces there are, about.",
        json_schema_extra=group(ESSENTIALS),
    )
    lead: float = Field(
        1.0,
        ge=0.3,
        le=3,
        title="Lead",
        description="How wide its lines are.",
        json_schema_extra=group(ESSENTIALS),
    )
    bend: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Bend",
        description="0 has straight lines only, 1 has curves only.",
        json_schema_extra=group(ESSENTIALS),
    )
    palette: Literal["cathedral", "sunset", "sea", "garden"] = Field(
        "cathedral",
        title="Palette",
        description="The colours of the glass.",
        json_schema_extra=group(ESSENTIALS),
    )

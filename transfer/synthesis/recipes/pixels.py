"""What pixel art is asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class PixelsRecipe(SynthesisRecipe):
    """How a texture of pixel art is made."""

    kind: ClassVar[str] = "pixels"

    pixels: int = Field(
        192,
        ge=64,
        le=512,
        title="Pixels",
        description="How many pixels of the art there are along the long side.",
        json_schema_extra=group(ESSENTIALS),
    )
    scale: float = Field(
        3.0,
        ge=1,
        le=12,
        title="Scale",
        description="How many islands stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    palette: Literal["island", "dusk", "handheld"] = Field(
        "island",
        title="Palette",
        description="The colours.",
        json_schema_extra=group(ESSENTIALS),
    )

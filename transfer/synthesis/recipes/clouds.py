"""What clouds are asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class CloudsRecipe(SynthesisRecipe):
    """How clouds are made."""

    kind: ClassVar[str] = "clouds"

    scale: float = Field(
        4.0,
        ge=1,
        le=64,
        title="Scale",
        description="How many clouds stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    roughness: float = Field(
        0.5,
        ge=0.2,
        le=0.8,
        title="Roughness",
        description="How strong each finer octave is beside the one before.",
        json_schema_extra=group(ESSENTIALS),
    )
    contrast: float = Field(
        1.0,
        ge=0.2,
        le=4,
        title="Contrast",
        description="1 just reaches black and white; more has harder edges.",
        json_schema_extra=group(ESSENTIALS),
    )
    colour: Literal["grey", "sky", "dusk"] = Field(
        "grey",
        title="Colour",
        description="Grey, white before a blue sky, or lit by the evening sun.",
        json_schema_extra=group(ESSENTIALS),
    )

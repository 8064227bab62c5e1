"""What a flow field is asked for with."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.recipes.base import SynthesisRecipe


class FlowRecipe(SynthesisRecipe):
    """How a flow field is made."""

    kind: ClassVar[str] = "flow"

    scale: float = Field(
        1.6,
        ge=0.5,
        le=12,
        title="Scale",
        description="How many whirls stand side by side.",
        json_schema_extra=group(ESSENTIALS),
    )
    turbulence: float = Field(
        0.3,
        ge=0,
        le=1,
        title="Turbulence",
        description="0 flows smoothly, 1 curls within each whirl.",
        json_schema_extra=group(ESSENTIALS),
    )
    width: float = Field(
        1.0,
        ge=0.3,
        le=4,
        title="Width",
        description="How wide the strokes are.",
        json_schema_extra=group(ESSENTIALS),
    )
    palette: Literal["meadow", "ember", "lagoon", "ink", "orchard"] = Field(
        "meadow",
        title="Palette",
        description="The colours of ground and strokes.",
        json_schema_extra=group(ESSENTIALS),
    )

"""Clouds: fractal noise, as a graphics program renders it."""

from typing import ClassVar

import numpy
from PIL import Image
from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.synthesis.made import Made, Making
from transfer.synthesis.noise import fractal, grid
from transfer.synthesis.recipe import SynthesisRecipe


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


def make(recipe: CloudsRecipe) -> Making[Made]:
    """Grey clouds; their lightness is their height."""
    yield 0.0
    width, height = recipe.size
    x, y = grid(width, height, recipe.scale)
    octaves = max(1, min(10, int(numpy.log2(max(width, height) / recipe.scale))))
    noise = fractal(x, y, recipe.seed, octaves, recipe.roughness)
    levels = numpy.clip(0.5 + 0.7 * noise, 0, 1)
    return Made(
        picture=Image.fromarray((levels * 255 + 0.5).astype(numpy.uint8)).convert("RGB"),
        height=(levels * 65535 + 0.5).astype(numpy.uint16),
    )

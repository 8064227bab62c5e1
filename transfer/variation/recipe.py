"""What a variation is asked for with. Free of torch."""

from typing import ClassVar, Literal

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, Recipe, group
from transfer.recipes.fields import seed_field
from transfer.recipes.shapes import Tall, Wide

MATCHING = "matching"  # the group of what decides on how patches are matched
Method = Literal["both", "distribution", "nearest"]
Shape = Literal["same", Wide, Tall, "1:2"]


class VariationRecipe(Recipe):
    """How a picture becomes another one of the same patches. Immutable; equal recipes of equal pictures agree."""

    kind: ClassVar[str] = "variation"

    shape: Shape = Field(
        "same",
        title="Shape",
        description="Width to height of the result; the picture's own by default.",
        json_schema_extra=group(ESSENTIALS),
    )
    extent: float = Field(
        1.0,
        ge=0.25,
        le=16,
        title="Extent",
        description="How much there is to see: at 2, twice as many things, each smaller to fit.",
        json_schema_extra=group(ESSENTIALS),
    )
    variety: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Variety",
        description="How far the layout may go from the picture's: at 0 large parts stay together, at 1 small ones.",
        json_schema_extra=group(ESSENTIALS),
    )
    seed: int = seed_field("Another seed gives another variation.", ESSENTIALS)
    method: Method = Field(
        "both",
        title="Method",
        description="How patches are matched: how often each occurs (soft), each with its nearest (sharp), or both.",
        json_schema_extra=group(MATCHING),
    )
    patch_size: int = Field(
        7,
        ge=3,
        le=11,
        title="Patch",
        description="Side of the patches that are matched, in pixels at each size; larger ones keep more together.",
        json_schema_extra=group(MATCHING),
    )
    pyramid: int = Field(
        2,
        ge=1,
        le=4,
        title="Sizes an octave",
        description="Sizes on the way for each doubling; more of them go more gently, and take longer.",
        json_schema_extra=group(MATCHING),
    )
    num_projections: int = Field(
        32,
        ge=4,
        le=256,
        title="Projections",
        description="Directions in which the patches' distributions are compared at each iteration.",
        json_schema_extra=group(MATCHING),
    )
    num_iterations: int = Field(
        250,
        ge=1,
        le=2000,
        title="Iterations",
        description="How often distributions are matched at the smallest size; larger sizes take fewer.",
        json_schema_extra=group(MATCHING),
    )

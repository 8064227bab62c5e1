"""What all generators are asked for with."""

import functools
from abc import abstractmethod
from fractions import Fraction
from typing import Literal

from pydantic import Field

from transfer.credits import GENERATED, Credit
from transfer.recipes.base import ESSENTIALS, Recipe, group
from transfer.recipes.fields import seed_field
from transfer.recipes.shapes import Tall, Wide, ratio_of

Shape = Literal[Wide, Tall]
SMALLEST, LARGEST = 64, 8192


class MadeRecipe(Recipe):
    """How a picture is made, out of nothing or of a map. Immutable; equal recipes give equal pixels on any machine."""

    image_size: int = Field(
        512,
        ge=SMALLEST,
        le=LARGEST,
        title="Size",
        description="Long side of the picture in pixels.",
        json_schema_extra=group(ESSENTIALS),
    )

    @property
    def called(self) -> str:
        """What people would call the picture; empty where what made it says all."""
        return ""

    @property
    def goes_round(self) -> bool:
        """Whether its right edge meets its left one, so that it covers a globe."""
        return False

    @property
    def credit(self) -> Credit:
        """Whose the picture is."""
        return GENERATED


class SizedRecipe(MadeRecipe):
    """One that says how large the picture is, and leaves its shape to no map."""

    @property
    @abstractmethod
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""


class SynthesisRecipe(SizedRecipe):
    """How a picture is made out of numbers; another seed gives another one."""

    shape: Shape = Field(
        "1:1",
        title="Shape",
        description="Width to height.",
        json_schema_extra=group(ESSENTIALS),
    )
    seed: int = seed_field("Another seed gives another picture of the same kind.", ESSENTIALS)

    @property
    def size(self) -> tuple[int, int]:
        """See `SizedRecipe`."""
        return _sized(self.image_size, self.shape)


@functools.lru_cache(maxsize=64)
def _sized(long: int, shape: Shape) -> tuple[int, int]:
    ratio = Fraction(*ratio_of(shape))
    short = max(16, round(long * min(ratio, 1 / ratio)))
    return (long, short) if ratio >= 1 else (short, long)

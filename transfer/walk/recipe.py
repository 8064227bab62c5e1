"""Every parameter of a walk: those of the variations that it comes past, and how long it takes. Free of torch."""

from typing import ClassVar, Self

from pydantic import Field

from transfer.recipes.base import ESSENTIALS, group
from transfer.variation.recipe import VariationRecipe

MOTION = "motion"
PREVIEWED = 6  # frames of a preview
SEEDS = 2**32


class WalkRecipe(VariationRecipe):
    """How a film walks from variation to variation. Immutable; equal recipes of equal pictures give equal frames."""

    kind: ClassVar[str] = "walk"

    stations: int = Field(
        3,
        ge=2,
        le=100,
        title="Stations",
        description="How many variations it comes past, each of the next seed.",
        json_schema_extra=group(ESSENTIALS),
    )
    seconds: float = Field(
        2.0,
        ge=0.1,
        le=60,
        title="Seconds",
        description="Seconds from one variation to the next.",
        json_schema_extra=group(ESSENTIALS),
    )
    closes: bool = Field(
        True,
        title="Loop",
        description="Walk back to the first variation, so that it can be played over and over.",
        json_schema_extra=group(ESSENTIALS),
    )
    rate: int = Field(15, ge=1, le=60, title="Rate", description="Frames a second.", json_schema_extra=group(MOTION))

    @property
    def between(self) -> int:
        """Frames from one station to the next, with the first of the two."""
        return max(1, round(self.seconds * self.rate))

    @property
    def legs(self) -> int:
        """How often it goes from one station to another."""
        return self.stations if self.closes else self.stations - 1

    @property
    def frames(self) -> int:
        """Those of the whole film. One that closes ends just before its first frame."""
        return self.legs * self.between + (0 if self.closes else 1)

    def place(self, number: int) -> tuple[int, float]:
        """The station that a frame, counted from 0, has left, and what part of the time to the next one has passed."""
        leg, frame = divmod(number, self.between)
        return (leg, frame / self.between) if leg < self.legs else (self.legs - 1, 1.0)

    def station(self, number: int) -> VariationRecipe:
        """That of a station, counted from 0; after the last one the first follows again."""
        shared = {name: getattr(self, name) for name in VariationRecipe.model_fields}
        return VariationRecipe(**shared | {"seed": (self.seed + number % self.stations) % SEEDS})

    def previewed(self, side: int) -> Self:
        """See `Recipe`: a short way from the first station to the second."""
        return super().previewed(side).with_changes(stations=2, closes=False, seconds=max(0.1, PREVIEWED / self.rate))

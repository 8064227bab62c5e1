"""Every parameter of a film of a clip. Free of torch."""

from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator

from transfer.engine.ladder import Rung
from transfer.film.segments import LONGEST, SHORT
from transfer.inputs import Role
from transfer.instant.recipe import InstantRecipe
from transfer.recipes.base import ESSENTIALS, Recipe, field_of, group
from transfer.recipes.style import StyleRecipe

PREVIEWED = 0.5  # seconds of a preview
ITERATIONS, RATE = 6, 0.02  # chosen: of a frame that is painted on from the last one, and the usual step there
CLIP = "clip"  # the group of fields that say what is taken of the clip


class FilmRecipe(Recipe):
    """How a clip and styles become a film: each frame is an instant picture, or painted on from the last. Immutable."""

    kind: ClassVar[str] = "film"

    each: Literal["instant", "painted"] = Field(
        "instant",
        title="Each frame",
        description="instant is a pass over each; painted goes on from the last one, with strokes that move along: "
        "closer to the style, and it takes several times as long.",
        json_schema_extra=group(ESSENTIALS),
    )

    strength: float = field_of(InstantRecipe, "strength")
    style_scale: float = field_of(InstantRecipe, "style_scale")
    original_colors: bool = field_of(InstantRecipe, "original_colors")
    match_colors: bool = field_of(InstantRecipe, "match_colors")
    style_blend_weights: tuple[float, ...] = field_of(InstantRecipe, "style_blend_weights")
    seed: int = field_of(InstantRecipe, "seed")
    start: float = Field(
        0.0,
        ge=0,
        le=86_400,
        title="Start",
        description="Seconds of the clip that are left out at its beginning.",
        json_schema_extra=group(CLIP),
    )
    length: float = Field(
        0.0,
        ge=0,
        le=86_400,
        title="Length",
        description="Seconds of the clip that are taken; 0 takes it to its end.",
        json_schema_extra=group(CLIP),
    )
    rate: int = Field(
        0,
        ge=0,
        le=120,
        title="Frames a second",
        description="At most so many are taken of a clip, and so many shown of a folder of pictures; "
        "0 takes all, and shows 24.",
        json_schema_extra=group(CLIP),
    )

    @field_validator("style_blend_weights", mode="before")
    @classmethod
    def _are_weights(cls, value: object) -> object:
        return StyleRecipe.model_validate({"style_blend_weights": value}).style_blend_weights

    def previewed(self, side: int) -> Self:
        """See `Recipe`: its beginning."""
        length = min(self.length or PREVIEWED, PREVIEWED)
        return super().previewed(side).with_changes(length=length)

    @property
    def network(self) -> str:
        """The backbone."""
        return self.instant.network

    def uses(self, role: Role) -> bool:
        """Whether inputs of a role change anything: all but masks do."""
        return role != Role.MASK

    @property
    def is_painted(self) -> bool:
        """Whether each frame goes on from the one before it."""
        return self.each == "painted"

    def rung(self, side: int) -> Rung:
        """How a frame of this long side is painted on from the one before it."""
        return Rung(0, side, ITERATIONS, RATE)

    @property
    def longest(self) -> float:
        """The seconds of a segment at most."""
        return SHORT if self.is_painted else LONGEST

    @property
    def instant(self) -> InstantRecipe:
        """The instant picture that each frame is, or begins with."""
        shared = self.model_fields_set & InstantRecipe.model_fields.keys()
        return InstantRecipe.model_validate({name: getattr(self, name) for name in shared})

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The sizes of a frame's pyramid, lowest first."""
        return self.instant.rungs

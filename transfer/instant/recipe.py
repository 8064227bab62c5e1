"""Every parameter of an instant picture, and what follows from them on each size. Free of torch."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator

from transfer.engine.ladder import LOWEST, Rung, sides
from transfer.inputs import Role
from transfer.recipes.base import ESSENTIALS, Recipe, field_of, group
from transfer.recipes.fields import seed_field
from transfer.recipes.style import OPTIMISATION, StyleRecipe

# Chosen by scores (docs/benchmarks/instant.md): iterations after the pass at 128 px, at 256 px, at 512 px, and above.
ITERATIONS = {"instant": (0, 0, 0, 0), "quick": (8, 4, 2, 1), "draft": (24, 16, 6, 3)}
FINEST_RATE, COARSE_RATE = 0.0125, 0.015  # chosen: the usual step from 512 px on, and below; more paints pebbles
CONTENT = {"instant": 1.0, "quick": 1.9, "draft": 1.0}  # chosen: what it weighs; a few steps soon go past it
ENOUGH = 32  # iterations on a size, from which on texture in flat areas is more than begun, and steps are averaged
MOST_NOISE = 0.05  # deviation of the noise at a strength of 1, where colours run from 0 to 1
LEAST_MOVED, WHOLLY_MOVED = 0.25, 0.5  # how far features are moved at a strength of 0, and where all the way begins


class InstantRecipe(Recipe):
    """How a content picture and styles become a picture at once. Immutable; equal recipes give equal pixels."""

    kind: ClassVar[str] = "instant"
    matters_with: ClassVar[Mapping[str, tuple[str, str]]] = {"region_count": ("regions", "automatic")}

    quality: Literal["instant", "quick", "draft"] = Field(
        "instant",
        title="Quality",
        description="instant is one pass; quick adds a few iterations, and draft a third of a render's.",
        json_schema_extra=group(ESSENTIALS),
    )
    strength: float = Field(
        0.5,
        ge=0,
        le=1,
        title="Strength",
        description="How far it goes: 0 is a hint of the style, 0.5 takes all of its colours, 1 is rough.",
        json_schema_extra=group(ESSENTIALS),
    )
    style_scale: float = field_of(StyleRecipe, "style_scale")
    original_colors: bool = field_of(StyleRecipe, "original_colors")
    match_colors: bool = field_of(StyleRecipe, "match_colors")
    regions: Literal["none", "automatic", "masks"] = field_of(StyleRecipe, "regions")
    region_count: int = field_of(StyleRecipe, "region_count")
    style_blend_weights: tuple[float, ...] = field_of(StyleRecipe, "style_blend_weights")
    seed: int = seed_field(
        "Seed of the noise that flat areas are painted from: another one gives other strokes there.", OPTIMISATION
    )
    iterations: int = Field(
        0,
        ge=0,
        le=200,
        title="Iterations",
        description="Iterations on each size from 256 px on, beside those of the quality.",
        json_schema_extra=group(OPTIMISATION),
    )

    @field_validator("style_blend_weights", mode="before")
    @classmethod
    def _are_weights(cls, value: object) -> object:
        return StyleRecipe.model_validate({"style_blend_weights": value}).style_blend_weights

    @classmethod
    def like(cls, other: Recipe) -> Self | None:
        """The same at once of a style transfer; an instant recipe itself, and None of any other kind."""
        if isinstance(other, cls):
            return other
        if not isinstance(other, StyleRecipe):
            return None
        shared = cls.model_fields.keys() & StyleRecipe.model_fields.keys()
        return cls.model_validate({name: getattr(other, name) for name in shared})

    @property
    def network(self) -> str:
        """The backbone."""
        return self.style.backbone

    def uses(self, role: Role) -> bool:
        """Whether inputs of a role change anything: masks only where the recipe asks for them."""
        return role != Role.MASK or self.regions == "masks"

    @property
    def style(self) -> StyleRecipe:
        """The style transfer that iterations after the pass belong to; too few of them leave flat areas to the pass."""
        enough = max(ITERATIONS[self.quality]) + self.iterations >= ENOUGH
        return self.textured if enough else self.textured.with_changes(texture_weight=0)

    @property
    def textured(self) -> StyleRecipe:
        """The same with texture everywhere, however few iterations there are."""
        shared = self.model_fields_set & StyleRecipe.model_fields.keys()
        own = {"init": "content", "content_weight": CONTENT[self.quality]}
        return StyleRecipe.model_validate(own | {name: getattr(self, name) for name in shared})

    @property
    def noise(self) -> float:
        """Its deviation; flat areas stay flat without it."""
        return MOST_NOISE * self.strength

    @property
    def moved(self) -> float:
        """How far features are moved: 1 is all the way to the style's."""
        return min(1.0, LEAST_MOVED + (1 - LEAST_MOVED) * self.strength / WHOLLY_MOVED)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The sizes of the pyramid, lowest first, an octave apart. The first iteration on each is the pass."""
        return tuple(self._rung(*each) for each in enumerate(sides(self.image_size, to_a_doubling=1)))

    def _rung(self, index: int, side: int) -> Rung:
        octave = sum(side >= each for each in (2 * LOWEST, 4 * LOWEST, 4 * LOWEST + 1))
        more = ITERATIONS[self.quality][octave] + (self.iterations if octave else 0)
        return Rung(index, side, 1 + more, FINEST_RATE if octave > 1 else COARSE_RATE)

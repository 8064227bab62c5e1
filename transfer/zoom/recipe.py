"""Every parameter of a zoom: those of a dream, and how the film moves through it. Free of torch."""

from typing import ClassVar, Literal, Self

from pydantic import Field

from transfer.dream.recipe import DreamRecipe
from transfer.recipes.base import ESSENTIALS, field_of, group

MOTION = "motion"
LONGEST_FADE = 24  # chosen: frames over which a film that closes becomes its own beginning
PREVIEWED = 12  # frames of a preview


class ZoomRecipe(DreamRecipe):
    """How a film zooms into a dream. Each frame is what the last one shows after the move, dreamt again."""

    kind: ClassVar[str] = "zoom"

    octave_iter: int = Field(  # chosen: a frame goes on from what the last one had dreamt
        3,
        ge=1,
        le=500,
        title="Steps",
        description="Steps on each octave of a frame: more of them change the film faster.",
        json_schema_extra=group(ESSENTIALS),
    )
    # A film goes on for long, so it needs large shapes to go into, and stronger colours than one picture.
    first_octave: Literal["64", "128", "256", "512"] = field_of(DreamRecipe, "first_octave", default="128")
    lap_scale: int = field_of(DreamRecipe, "lap_scale", default=2)
    natural_colors: float = field_of(DreamRecipe, "natural_colors", default=0.7)
    frames: int = Field(
        60,
        ge=2,
        le=10_000,
        title="Frames",
        description="How many pictures the film has.",
        json_schema_extra=group(ESSENTIALS),
    )
    zoom: float = Field(
        1.04,
        ge=0.8,
        le=1.5,
        title="Zoom",
        description="How many times as large each frame shows the last one; below 1 steps back.",
        json_schema_extra=group(ESSENTIALS),
    )
    closes: bool = Field(
        False,
        title="Loop",
        description="End where it began, so that it can be played over and over.",
        json_schema_extra=group(ESSENTIALS),
    )
    rate: int = Field(24, ge=1, le=60, title="Rate", description="Frames a second.", json_schema_extra=group(MOTION))
    turn: float = Field(
        0.0,
        ge=-45,
        le=45,
        title="Turn",
        description="Degrees by which each frame turns, clockwise.",
        json_schema_extra=group(MOTION),
    )
    pan_x: float = Field(
        0.0,
        ge=-0.5,
        le=0.5,
        title="Pan across",
        description="How far each frame goes to the right, where its width is 1.",
        json_schema_extra=group(MOTION),
    )
    pan_y: float = Field(
        0.0,
        ge=-0.5,
        le=0.5,
        title="Pan down",
        description="How far each frame goes down, where its height is 1.",
        json_schema_extra=group(MOTION),
    )

    @property
    def fade(self) -> int:
        """The frames over which it becomes its own beginning: none where it does not close."""
        return min(LONGEST_FADE, self.frames // 2) if self.closes else 0

    @property
    def dreamt_frames(self) -> int:
        """How many frames are dreamt: those of the film, and before them those that its end becomes."""
        return self.frames + self.fade

    def previewed(self, side: int) -> Self:
        """See `Recipe`: its beginning."""
        changes = {"frames": min(PREVIEWED, self.frames), "closes": False}
        return super().previewed(side).with_changes(**changes)

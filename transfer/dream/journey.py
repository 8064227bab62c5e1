"""How a film moves through a dream: what `python -m transfer dream-film` is asked for. Free of torch."""

from pydantic import BaseModel, ConfigDict, Field

STEPS_A_FRAME = 3  # chosen: on each octave, since a frame goes on from what the last one had dreamt
LONGEST_FADE = 24  # chosen: frames over which a film that closes becomes its own beginning


class Journey(BaseModel):
    """The way of a film. Each frame is what the last one shows after the move, dreamt again."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    frames: int = Field(60, ge=2, le=10_000, description="Frames of the film.")
    rate: int = Field(24, ge=1, le=60, description="Frames a second.")
    zoom: float = Field(
        1.04, ge=0.8, le=1.5, description="How many times as large each frame shows the last one; below 1 steps back."
    )
    turn: float = Field(0.0, ge=-45, le=45, description="Degrees by which each frame turns, clockwise.")
    pan_x: float = Field(
        0.0, ge=-0.5, le=0.5, description="How far each frame goes to the right, where its width is 1."
    )
    pan_y: float = Field(0.0, ge=-0.5, le=0.5, description="How far each frame goes down, where its height is 1.")
    closes: bool = Field(False, description="End where it began, so that it can be played over and over.")

    @property
    def fade(self) -> int:
        """The frames over which it becomes its own beginning: none where it does not close."""
        return min(LONGEST_FADE, self.frames // 2) if self.closes else 0

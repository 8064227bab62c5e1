"""Calms what flickers: a share of what the paint adds to a frame stays what it was at the frame before.

Where the clip stands still, strokes stand still. Where it moves, they trail by a frame or two, as motion blurs in a
camera; the clip's own movement stays as sharp as it is. To follow the motion instead was tried. But strokes are painted
from noise that stays on the screen, and mixed along the motion they blur away within five frames.
"""

from torch import Tensor

HELD = 0.35  # chosen: the share that stays
BEGINNING = 4  # frames before a segment that are painted too, so that its first one is as calm as any


class Steadying:
    """Goes through the frames of a shot, one after the other."""

    def __init__(self) -> None:
        self._added: Tensor | None = None

    def calmed(self, frame: Tensor, painted: Tensor) -> Tensor:
        """What is shown for a frame and what was painted of it, both (1, 3, H, W) in [0, 1]."""
        added = painted - frame
        if self._added is not None:
            added.lerp_(self._added, HELD)
        self._added = added
        return (frame + added).clamp_(0, 1)

"""What may be read, and how large it may be. All of this is looked at before a pixel is decoded."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from transfer.reading.complaint import Complaint

Size = tuple[int, int]
MOST_IN_PARTS, MOST, MOST_DEEP = 200_000_000, 80_000_000, 40_000_000  # px: JPEGs that are halved on decoding; others


@dataclass(frozen=True)
class Rules:
    """What may be read: of these formats, or any that Pillow knows; with a size that `complains_of` has no words for.

    Beyond `area` px or a side of `side` px a picture is scaled down; 0 is no bound.
    """

    taken: tuple[str, ...] = ()
    area: int = 0
    side: int = 0
    animated: bool = True
    complains_of: Callable[[int, int], str] = lambda width, height: ""

    def fitted(self, size: Size) -> Size:
        """The size that a picture is scaled to, by its (width, height)."""
        width, height = size
        scale = min(1.0, math.sqrt(self.area / (width * height)) if self.area else 1.0)
        scale = min(scale, self.side / max(size) if self.side else 1.0)
        return (width, height) if scale == 1 else (max(1, int(width * scale)), max(1, int(height * scale)))

    def check(self, size: Size, most: int = MOST) -> None:
        """Raises Complaint for a picture of which no pixel should be decoded."""
        width, height = size
        if complaint := self.complains_of(width, height):
            raise Complaint(complaint)
        most = most if self.area else max(most, MOST_IN_PARTS)
        if width * height > most:
            many = f"{width * height / 1e6:,.0f} million pixels"
            raise Complaint(f"has {many}, and {most / 1e6:.0f} million are the most: scale it down first.")

    def check_frames(self, several: bool, notes: list[str]) -> None:
        """Raises Complaint for an animation, or notes that its first picture is taken."""
        if several and not self.animated:
            raise Complaint("is animated: choose a still one.")
        if several:
            notes.append("holds several pictures: the first one is used.")

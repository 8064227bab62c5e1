"""What a plan knows of a clip: how large it is, of how many frames, and how long. Free of torch and of the decoder."""

from typing import Self

Size = tuple[int, int]  # width and height, in pixels


class Footage(tuple[int, int]):
    """(width, height) of a clip in pixels, with its frames and its seconds: a size wherever one is asked for."""

    frames: int
    seconds: float

    def __new__(cls, size: Size, frames: int, seconds: float) -> Self:
        """That of a clip with so many frames in so many seconds."""
        found = super().__new__(cls, size)
        found.frames, found.seconds = frames, seconds
        return found

    def __eq__(self, other: object) -> bool:
        """Whether it is as large and as long: plans are remembered by that."""
        return isinstance(other, Footage) and self._facts == other._facts

    def __ne__(self, other: object) -> bool:
        """The opposite, which a tuple has of its own."""
        return not self == other

    def __hash__(self) -> int:
        return hash(self._facts)

    @property
    def _facts(self) -> tuple[int, int, int, float]:
        return self[0], self[1], self.frames, self.seconds

    def taken(self, start: float, length: float, rate: int) -> Self:
        """The part from `start` on, for `length` seconds, at most `rate` frames a second; 0 takes all."""
        left = max(0.0, self.seconds - start)
        seconds = min(left, length) if length else left
        frames = self.frames * seconds / self.seconds if self.seconds else 0.0
        most = min(frames, rate * seconds) if rate else frames
        return type(self)((self[0], self[1]), max(round(most), 1 if seconds else 0), seconds)

"""A clip before anything is made of it: its size, when its frames are shown, whether it has sound. Free of torch."""

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Self

from transfer import words
from transfer.errors import ClipError

Size = tuple[int, int]  # width and height, in pixels
FINEST = 1001  # parts of a second of a rate: 30000/1001 is that of NTSC


@dataclass(frozen=True)
class Limits:
    """How long, of how many frames and how large a clip may be, in seconds and pixels a side; 0 is no bound."""

    seconds: float = 0.0
    frames: int = 0
    side: int = 0

    def check(self, clip: "Clip", called: str) -> None:
        """Raises ClipError, in a sentence about what the clip is `called`, where it is over one of them."""
        if self.seconds and clip.seconds > self.seconds:
            has, most = words.duration(math.ceil(clip.seconds)), words.duration(self.seconds)
            raise ClipError(f"{called} lasts {has}, and {most} are the most: take a part of it (start and length).")
        if self.frames and clip.frames > self.frames:
            raise ClipError(
                f"{called} has {clip.frames:,} frames, and {self.frames:,} are the most: take fewer a second (rate), "
                "or a part of it (start and length)."
            )


@dataclass(frozen=True)
class Clip:
    """A clip, or the part of one that is taken.

    `size` is that of an upright frame of square pixels. `ticks` are when its frames begin, in `base` seconds, rising
    from 0; the last one ends at `end`. `offset` is where tick 0 lies in the file's own time. `notes` are sentences
    about what is not as it should be.
    """

    path: Path
    size: Size
    ticks: tuple[int, ...]
    end: int
    base: Fraction
    offset: int = 0
    has_sound: bool = False
    notes: tuple[str, ...] = ()

    @property
    def frames(self) -> int:
        """How many there are."""
        return len(self.ticks)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return float(self.end * self.base)

    @property
    def rate(self) -> Fraction:
        """Frames a second, on average, in numbers that an encoder takes."""
        exact = Fraction(self.frames) / (self.end * self.base)
        return max(exact.limit_denominator(FINEST), Fraction(1, FINEST))

    def time(self, frame: int) -> float:
        """When a frame begins, in seconds; the number of frames is when the last one ends."""
        return float((self.end if frame == self.frames else self.ticks[frame]) * self.base)

    def between(self, first: int, last: int) -> Self:
        """Frames `first` to `last`, the last one included."""
        begin = self.ticks[first]
        end = self.end if last + 1 >= self.frames else self.ticks[last + 1]
        ticks = tuple(tick - begin for tick in self.ticks[first : last + 1])
        return replace(self, ticks=ticks, end=end - begin, offset=self.offset + begin)

    def part(self, start: float, length: float, rate: int) -> Self:
        """What is taken from `start` on, for `length` seconds, at most `rate` frames a second; 0 takes all.

        That is a frame at least. Raises ClipError where the clip is over by then.
        """
        first = bisect_left(self.ticks, math.floor(start / self.base))
        first -= first == self.frames and start < self.seconds
        beyond = bisect_left(self.ticks, math.floor((start + length) / self.base)) if length else self.frames
        if first >= self.frames:
            raise ClipError(f"The clip lasts {self.seconds:.1f} s, and it should start at {start:g} s: choose less.")
        found = self.between(first, max(first, beyond - 1))
        if not rate:
            return found
        turns = [math.floor(tick * found.base * rate) for tick in found.ticks]
        kept = (tick for tick, turn, last in zip(found.ticks, turns, [-1, *turns], strict=False) if turn != last)
        return replace(found, ticks=tuple(kept))

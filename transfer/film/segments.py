"""A film in segments that are painted on their own, by any worker, and joined at last. Free of torch."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the site plans by LONGEST, and need not load what decodes films
    from transfer.film.clip import Clip
    from transfer.film.shots import Shot

LONGEST = 3.0  # seconds: chosen, so that little is lost where a worker is killed, and little is done twice
SHORT = 0.5  # seconds: chosen, where frames take long and each goes on from the last one, so that nothing is done twice


@dataclass(frozen=True)
class Segment:
    """Frames `first` to `last` of a clip, the last one included, all of one shot. `number` counts from 0."""

    number: int
    first: int
    last: int
    shot: "Shot"

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def begins_shot(self) -> bool:
        """Whether there is none before it in its shot."""
        return self.first == self.shot.first


def segments(clip: "Clip", shots: "Sequence[Shot]", longest: float = LONGEST) -> tuple[Segment, ...]:
    """The segments of a clip with these shots, each of at most about `longest` seconds."""
    found = list[Segment]()
    for shot in shots:
        seconds = clip.time(shot.last + 1) - clip.time(shot.first)
        parts = min(shot.frames, math.ceil(seconds / longest))
        begins = [shot.first + part * shot.frames // parts for part in range(parts)]
        for first, beyond in zip(begins, [*begins[1:], shot.last + 1], strict=True):
            found.append(Segment(len(found), first, beyond - 1, shot))
    return tuple(found)

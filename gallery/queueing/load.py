"""How busy this machine is with other things than this worker: plans are for the machine as it is now.

What a worker takes itself does not count, neither what it paints nor what it measures. Where the kernel does not tell,
nothing else is assumed to run.
"""

import os

from transfer.planning import busy
from transfer.planning.busy import Work

FADING = 0.6  # of what was known stays when a look is added, so that a burst of a second says little
MOST = 3.0  # times as long, however busy the machine is: more is a guess
STEPS = 4  # a slowdown is told in quarters, so that a worker's row is not written to all the time


class Load:
    """Follows the machine from look to look. `others` are the processors that others keep busy, in the mean."""

    def __init__(self, cores: int | None = None) -> None:
        self.cores = cores or os.cpu_count() or 1
        self.others = 0.0
        self._before: Work | None = None

    def note(self, now: Work) -> None:
        """One more look."""
        before, self._before = self._before, now
        if before is not None and now.at > before.at:
            self.others += (1 - FADING) * (busy.others(before, now) - self.others)

    @property
    def slowdown(self) -> float:
        """How many times as long as on an idle machine a render takes that would use all processors; in quarters."""
        free = max(self.cores - self.others, self.cores / MOST)
        return max(1.0, round(STEPS * self.cores / free) / STEPS)


_here = Load()


def slowdown() -> float:
    """That of this machine, looked at now, for whoever asks every few seconds."""
    if now := busy.work():
        _here.note(now)
    return _here.slowdown

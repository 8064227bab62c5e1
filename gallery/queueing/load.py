"""How busy this machine is with other things than this worker: plans are for the machine as it is now.

What a worker takes itself does not count, neither what it paints nor what it measures. Where the kernel does not tell,
nothing else is assumed to run.
"""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
IDLE = (3, 4)  # the columns of /proc/stat in which nobody works: idle, and waiting for a disk
GUESTS = 8  # from this column on, what was counted before is counted again
FADING = 0.6  # of what was known stays when a look is added, so that a burst of a second says little
MOST = 3.0  # times as long, however busy the machine is: more is a guess
STEPS = 4  # a slowdown is told in quarters, so that a worker's row is not written to all the time


@dataclass(frozen=True)
class Work:
    """Seconds of processors' time, since the machine and since this process started, at the clock's time `at`."""

    at: float
    all: float
    own: float


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
            others = max(0.0, (now.all - before.all) - (now.own - before.own)) / (now.at - before.at)
            self.others += (1 - FADING) * (others - self.others)

    @property
    def slowdown(self) -> float:
        """How many times as long as on an idle machine a render takes that would use all processors; in quarters."""
        free = max(self.cores - self.others, self.cores / MOST)
        return max(1.0, round(STEPS * self.cores / free) / STEPS)


_here = Load()


def slowdown() -> float:
    """That of this machine, looked at now, for whoever asks every few seconds."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        _here.note(Work(time.monotonic(), _everybodys(), _own()))
    return _here.slowdown


def _everybodys() -> float:
    columns = list(map(int, (PROC / "stat").read_text().split("\n", 1)[0].split()[1:]))
    return sum(ticks for column, ticks in enumerate(columns[:GUESTS]) if column not in IDLE) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    """That of this process, of the children that have ended, and of those that run."""
    return sum(os.times()[:4]) + sum(map(_of, _children()))


def _children() -> list[str]:
    return (PROC / "self" / "task" / str(os.getpid()) / "children").read_text().split()


def _of(process: str) -> float:
    """User and system time, of a process and of those of its children that have ended; 0 once it has ended itself."""
    try:
        columns = (PROC / process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, columns[11:15])) / os.sysconf("SC_CLK_TCK")

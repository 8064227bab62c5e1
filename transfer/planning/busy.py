"""How busy this machine's processors are, as the kernel counts it, and with what: this program, or others."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
IDLE = (3, 4)  # the columns of /proc/stat in which nobody works: idle, and waiting for a disk
GUESTS = 8  # from this column on, what was counted before is counted again


@dataclass(frozen=True)
class Work:
    """Seconds of processors' time, since the machine and since this process started, at the clock's time `at`."""

    at: float
    all: float
    own: float


def work() -> Work | None:
    """As it is now; None where the kernel does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return Work(time.monotonic(), _everybodys(), _own())
    return None


def others(before: Work | None, now: Work | None) -> float:
    """The processors that other programs kept busy from one look to the next, in the mean; 0 where nobody knows."""
    if before is None or now is None or now.at <= before.at:
        return 0.0
    return max(0.0, (now.all - before.all) - (now.own - before.own)) / (now.at - before.at)


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

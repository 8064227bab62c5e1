"""How often the kernel ended a process because memory ran out.

Such a process gets SIGKILL, as one does that anybody kills. A counter tells the two apart: that of the control group
that this process is in, or else that of the whole machine, in which case it may have been another process.
"""

import contextlib
from collections import deque
from pathlib import Path

CGROUP, ROOT, VMSTAT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup"), Path("/proc/vmstat")
SCORE = Path("/proc/self/oom_score_adj")


def kills(cgroup: Path = CGROUP, root: Path = ROOT, vmstat: Path = VMSTAT) -> int:
    """How many processes were ended so far; 0 where nothing says so."""
    found = _counter(_events(cgroup, root))
    if found is None:
        found = _counter(vmstat)
    return found or 0


class Lately:
    """Whether the count has risen lately, by looks every few seconds: since the third last, or the first.

    Not since the last: a process is counted first, and then takes a while to give its memory back and end.
    """

    def __init__(self) -> None:
        self._looks = deque([kills()], maxlen=3)

    def look(self) -> None:
        """One more look."""
        self._looks.append(kills())

    def has_risen(self) -> bool:
        """Whether it has."""
        return kills() > self._looks[0]


def take_me_first() -> None:
    """Asks the kernel to end this process, if memory runs out, rather than the database, Redis or the worker."""
    with contextlib.suppress(OSError):
        SCORE.write_text("600")


def _events(cgroup: Path, root: Path) -> Path:
    """The memory.events of the version 2 control group whose line in `cgroup` starts with 0::"""
    with contextlib.suppress(OSError):
        for line in cgroup.read_text().splitlines():
            if line.startswith("0::"):
                return root / line.removeprefix("0::").strip("/") / "memory.events"
    return root / "memory.events"


def _counter(path: Path) -> int | None:
    with contextlib.suppress(OSError):
        for line in path.read_text().splitlines():
            name, _, value = line.partition(" ")
            if name == "oom_kill" and value.isdigit():
                return int(value)
    return None

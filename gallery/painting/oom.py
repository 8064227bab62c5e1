"""How often the kernel ended a process for want of memory.

A process that the kernel ends so is sent SIGKILL, as by anybody else. What tells the two apart is a counter: the one
of the control group that this process is in, or else of the whole machine, in which case somebody else's process may
have been meant.
"""

import contextlib
from pathlib import Path

CGROUP, ROOT, VMSTAT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup"), Path("/proc/vmstat")
SCORE = Path("/proc/self/oom_score_adj")


def kills(cgroup: Path = CGROUP, root: Path = ROOT, vmstat: Path = VMSTAT) -> int:
    """How many processes were ended so far; 0 where nothing says so."""
    found = _counter(_events(cgroup, root))
    if found is None:
        found = _counter(vmstat)
    return found or 0


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

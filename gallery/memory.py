"""How much memory there is, in bytes: in the machine, and for the control group that this process is in."""

import contextlib
import os
from pathlib import Path

CGROUP, ROOT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
LIMITS = ("memory.max", "memory.limit_in_bytes")


def total() -> int:
    """What the machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def limit(cgroup: Path = CGROUP, root: Path = ROOT) -> int | None:
    """The lowest limit set on the control group or on one above it, in either version; None when there is none."""
    found = [_number(folder / name) for folder in _groups(cgroup, root) for name in LIMITS]
    return min((number for number in found if number is not None and number < total()), default=None)


def usable() -> int:
    """What a process started here can have at most."""
    return limit() or total()


def _groups(cgroup: Path, root: Path) -> list[Path]:
    """The folders of the group and of all above it, each as seen from here and as seen from inside a container."""
    groups = [root, root / "memory"]
    with contextlib.suppress(OSError):
        for line in cgroup.read_text().splitlines():
            number, controllers, path = line.split(":", 2)
            if number == "0" or "memory" in controllers.split(","):
                base = root if number == "0" else root / "memory"
                folder = base / path.strip("/")
                groups += [folder, *(above for above in folder.parents if base in above.parents)]
    return groups


def _number(path: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return int(path.read_text())
    return None

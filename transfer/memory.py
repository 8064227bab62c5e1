"""How much memory there is, in bytes: in the machine, and for the control group that this process is in."""

import contextlib
import os
import re
from pathlib import Path

from pydantic import ByteSize, TypeAdapter, ValidationError

from transfer.errors import PlanError

CGROUP, ROOT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
LIMITS = ("memory.max", "memory.limit_in_bytes")
MIB = 2**20
STEP = 256 * MIB
AMOUNT = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<power>[KMGT]?)(?P<unit>(?<=[KMGT])iB|B|)", re.IGNORECASE)
_BYTES = TypeAdapter(ByteSize)


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


def budget(given: str | None, folder: Path) -> int:
    """What a render may use: `given`, as in 2GiB, or half of what is usable here.

    That half is decided once and kept in `folder`, since the pixels of a render depend on it. Raises PlanError for what
    is not an amount of memory.
    """
    if given:
        return parsed(given)
    kept = folder / "memory"
    with contextlib.suppress(OSError, PlanError):
        return parsed(kept.read_text().strip())
    found = max(STEP, usable() // 2 // STEP * STEP)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(f"{found // MIB}MiB\n")
    return found


def parsed(text: str) -> int:
    """Bytes of an amount such as 2GiB, 800MB or 1500000000; raises PlanError for anything else."""
    if found := AMOUNT.fullmatch(text.strip()):
        # On its own, ByteSize would take anything after the amount, and G for a billion; here it is short for GiB.
        unit = found["unit"] or ("iB" if found["power"] else "B")
        with contextlib.suppress(ValidationError):  # it is infinite
            return int(_BYTES.validate_python(found["number"] + found["power"] + unit))
    raise PlanError(f"{text!r} is no amount of memory: write it as in 2GiB or 800MiB.")

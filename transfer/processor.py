"""What is known of the processor without torch: what an earlier run has found out, and what the kernel says."""

import contextlib
import functools
import hashlib
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from transfer import __version__, cache

FILE = "processor.json"
DECIDING = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "ATEN_CPU_CAPABILITY")
ONE_PROCESSOR = ("model name", "flags", "Features")  # what /proc/cpuinfo says of it, of Intel's kind or of Arm's


@dataclass(frozen=True)
class Device:
    """A device as `transfer.devices.describe` has it, and the bytes of a number in a network that runs there."""

    description: str
    width: int


_DEVICE = TypeAdapter(Device)


def noted(device: str | None) -> Device | None:
    """The processor, where `device` means it for certain, and a run with torch has noted it; else None."""
    if not (device == "cpu" or (device is None and _is_alone())):
        return None
    with contextlib.suppress(KeyError, ValidationError):
        return _DEVICE.validate_python(cache.noted(FILE)[_key()])
    return None


def note(processor: Device) -> None:
    """Notes it in place of any other; a cache that cannot be written costs the next run some time."""
    cache.note(FILE, {_key(): asdict(processor)})


@functools.cache
def has(feature: str) -> bool:
    """Whether the kernel says that the processor has a feature, such as "avx512f"; it does so on Linux."""
    with contextlib.suppress(OSError):
        return any(feature in value.split() for value in _cpuinfo())
    return False


def _cpuinfo() -> set[str]:
    """The lines of /proc/cpuinfo that say what a processor is and has; raises OSError where there are none."""
    about = (line.partition(":") for line in Path("/proc/cpuinfo").read_text().splitlines())
    return {value for name, _, value in about if name.strip() in ONE_PROCESSOR}


def _is_alone() -> bool:
    """Whether torch was built for the CPU alone. Such builds for Linux say so in their version."""
    return sys.platform == "linux" and version("torch").endswith("+cpu")


def _key() -> str:
    """A hash of what the description depends on."""
    lines = [platform.machine(), __version__, version("torch"), str(sorted(os.sched_getaffinity(0)))]
    lines += [os.environ.get(name, "") for name in DECIDING]
    with contextlib.suppress(OSError):
        lines += sorted(_cpuinfo())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

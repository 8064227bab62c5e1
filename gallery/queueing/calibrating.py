"""How fast this machine is: measured by a process of its own, and told with the worker's row. Free of torch.

The parent of a worker may not run torch, and no render should have to wait for a measurement. One that other programs
have spoilt is taken again once the machine is quiet.
"""

import os
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

from django.conf import settings

from gallery.processes.parts import end_with_parent
from gallery.queueing import load
from gallery.queueing.workers import CPU, networks_here, width_on
from transfer.planning import speeds

NICENESS = 10
AGAIN_AFTER = 600  # seconds


class Calibration:
    """Measurements that a worker starts: once where one is missing, now and then where one is spoilt."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.began = time.monotonic()  # a worker that has just begun does not know yet how quiet it is

    def start_where_needed(self, device: str, is_quiet: bool) -> None:
        """Measures beside the worker, unless all that can be known of `device` is; empty stands for the likely one.

        What is spoilt is measured again while the machine `is_quiet`.
        """
        if self.process is not None and self.process.poll() is None:  # an ended process stays until somebody asks
            return
        known = speeds.known().get(device or likely_device(), {})
        is_missing = any(name not in known for name in networks_here())
        is_spoilt = any(known[name].is_spoilt for name in networks_here() & known.keys())
        has_waited = time.monotonic() - self.began > AGAIN_AFTER
        if (is_missing and self.process is None) or (is_spoilt and is_quiet and has_waited):
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "transfer", "calibrate"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                preexec_fn=_stand_back,
            )


def likely_device() -> str:
    """What a worker here will paint on, of what was measured: an accelerator before a CPU. Empty when nothing was."""
    known = list(speeds.known())
    return next((name for name in reversed(known) if not name.startswith("cpu")), known[-1] if known else "")


def facts(device: str) -> dict[str, Any]:
    """What was measured of a device, for its worker's row: bytes of a number in the network, and speeds by backbone;
    and of a processor, how many times as long it takes now, beside other programs."""
    measured = speeds.known().get(device)
    if not measured:
        return {}
    busy = {"slowed": load.slowdown()} if device.startswith(CPU) else {}
    return {"width": width_on(device), "speeds": {name: asdict(speed) for name, speed in measured.items()}, **busy}


def _stand_back() -> None:
    end_with_parent()
    os.nice(NICENESS)

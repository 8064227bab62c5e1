"""The processes that make up a Stylesite on one machine; they start and end together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PR_SET_PDEATHSIG = 1
LAST_LINES = 12


@dataclass
class Part:
    """One process, its log file, and how long it may take to stop."""

    name: str
    command: list[str]
    log: Path
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process in its own group, so that Ctrl-C reaches only its parent, which shuts it down in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "STYLESITE_DATA": str(settings.DATA)},
                start_new_session=True,
                cwd=settings.BASE_DIR,
                preexec_fn=end_with_parent,
            )

    @property
    def is_running(self) -> bool:
        """Whether the process is running."""
        return self.process is not None and self.process.poll() is None

    def why_it_ended(self) -> str:
        """How the process ended, and the last lines of its log."""
        code = self.process.returncode if self.process else None
        if code is not None and code < 0:
            reason = f"was killed by {signal.Signals(-code).name}"
        else:
            reason = f"ended with exit code {code}"
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:] if self.log.exists() else []
        tail = "".join(f"\n    {line}" for line in lines)
        return f"{self.name} {reason}. The end of {self.log}:{tail}"

    def stop(self) -> None:
        """Asks the process to end and waits; then kills it and everything it started, if they still run."""
        if self.process is None or not self.is_running:
            return
        self.process.terminate()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            for pid in [*_descendants(self.process.pid), self.process.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()


def wait_until(ready: Callable[[], bool], part: Part, seconds: float) -> bool:
    """Waits for `ready`; False if `part` ended first or time ran out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        if not part.is_running:
            return False
        time.sleep(0.05)
    return False


def _descendants(parent: int) -> list[int]:
    """The children of `parent`, and their children: a painting process is not in its parent's group."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(word) for word in children.read_text().split()] if children.exists() else []
    return [*found, *(pid for child in found for pid in _descendants(child))]


def end_with_parent() -> None:
    """In a forked child: asks for SIGTERM when the parent ends, even by SIGKILL. Only Linux can do this."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

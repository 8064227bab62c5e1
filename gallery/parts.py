"""The processes that make up a Stylesite on one machine, started and ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LAST_LINES = 12


@dataclass
class Part:
    """One process, its log file, and how long it may take to end once it is told to."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the process in a group of its own, so that Ctrl-C reaches only its parent, which ends it in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
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
        """Asks the process to end, waits, and kills what does not."""
        if self.process is None or not self.is_running:
            return
        self.process.terminate()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def wait_until(ready: Callable[[], bool], part: Part, seconds: float) -> bool:
    """Waits for `ready`; False when `part` ended before, or the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        if not part.is_running:
            return False
        time.sleep(0.05)
    return False


def _end_with_parent() -> None:
    """In the child, before it becomes another program: be ended when the parent dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

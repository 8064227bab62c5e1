"""Renders from the command line beside busy programs and beside each other, where threads that spin cost time.

Each is measured with the program's defaults, and with threads that sleep as soon as they have nothing to do.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drawings import brush, village
from benchmarks.table import print_table

RUNS, BUSY_PROGRAMS = 5, 2
# The policy means a count of 0. We set the count as well, since a count that the program set would override the policy.
PASSIVE = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}


def measured(runs: int = RUNS) -> Iterator[dict[str, object]]:
    """Median seconds of whole commands. The cases take turns, each in both ways."""
    with tempfile.TemporaryDirectory() as name:
        village().save(Path(name) / "village.png")
        brush().save(Path(name) / "brush.png")
        ways = Commands(Path(name), {}), Commands(Path(name), PASSIVE)
        rounds = [{case: [_seconds(run, way) for way in ways] for case, run in CASES.items()} for _ in range(runs)]
    medians = {case: [statistics.median(each[case][way] for each in rounds) for way in (0, 1)] for case in CASES}
    for case, (own, passive) in medians.items():
        yield _row(case, own, passive, f"{own / passive:.2f}", AIMS.get(case, ""))
    own, passive = (two / one for two, one in zip(medians[TWO], medians[ALONE], strict=True))
    yield _row("the same, times one alone", own, passive, "", "2.3 by default")


def _row(what: str, own: float, passive: float, ratio: str, aim: str) -> dict[str, object]:
    return {"seconds of": what, "default": own, "passive": passive, "ratio": ratio, "aim, at most": aim}


@dataclass(frozen=True)
class Commands:
    """Starts renders of the drawings in `folder`; `variables` alone say how threads wait."""

    folder: Path
    variables: Mapping[str, str]

    def start(self, size: int, output: str = "output.png") -> subprocess.Popen[str]:
        """Starts a render whose long side is `size` px."""
        environment = {name: value for name, value in os.environ.items() if name not in PASSIVE}
        pictures = (str(self.folder / name) for name in ("village.png", "brush.png"))
        words = ["stylize", *pictures, "-o", str(self.folder / output), "--image-size", str(size)]
        return subprocess.Popen(
            [sys.executable, "-m", "transfer", *words],
            env={**environment, **self.variables},
            stderr=subprocess.PIPE,
            text=True,
        )


def _alone(commands: Commands) -> None:
    _finish(commands.start(512))


def _beside(commands: Commands) -> None:
    with _busy_programs():
        _finish(commands.start(256))


def _joined(commands: Commands) -> None:
    process = commands.start(256)
    next(line for line in process.stderr or () if line.startswith("rung"))
    with _busy_programs():
        _finish(process)


def _two_at_once(commands: Commands) -> None:
    for process in [commands.start(512, output) for output in ("one.png", "other.png")]:
        _finish(process)


ALONE, TWO = "512 px alone", "two of 512 px at once"
BESIDE, JOINED = "256 px beside two busy programs", "256 px, and two busy programs that begin after its first rung"
CASES: dict[str, Callable[[Commands], None]] = {
    ALONE: _alone,
    BESIDE: _beside,
    JOINED: _joined,
    TWO: _two_at_once,
}
AIMS = {BESIDE: "ratio 1.3", JOINED: "ratio 1.3"}


def _seconds(run: Callable[[Commands], None], commands: Commands) -> float:
    began = time.monotonic()
    run(commands)
    return time.monotonic() - began


def _finish(process: subprocess.Popen[str]) -> None:
    """Waits for the end. Raises RuntimeError with the command's output if it failed."""
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(said)


@contextlib.contextmanager
def _busy_programs() -> Iterator[None]:
    """Two programs, each of which keeps a core busy."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY_PROGRAMS)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


if __name__ == "__main__":
    print_table("A render beside other programs", measured())

"""A speed that was measured beside other programs is measured again, once nothing else runs."""

import sys
from pathlib import Path

import pytest

from gallery.queueing import calibrating
from gallery.queueing.calibrating import AGAIN_AFTER, Calibration
from gallery.queueing.workers import networks_here
from transfer.planning import speeds
from transfer.planning.planner import Speed

CLEAN = Speed(iteration=0.02, look=1e-7, paint=5e-7)
SPOILT = Speed(iteration=0.2, look=1e-6, paint=5e-6, beside=0.5)


class Measuring:
    """A measurement that is over at once."""

    def poll(self) -> int:
        return 0


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The commands that were begun, on a machine of which nothing is known."""
    commands: list[list[str]] = []

    def begin(words: list[str], **options: object) -> Measuring:
        commands.append(words)
        return Measuring()

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(calibrating.subprocess, "Popen", begin)
    return commands


def known(speed: Speed) -> Calibration:
    """Of a worker that lives for long, where all that can be known of its processor is this."""
    for name in networks_here():
        speeds.keep("cpu", name, speed)
    found = Calibration()
    found.began -= AGAIN_AFTER + 1
    return found


def test_what_is_spoilt_is_measured_again_on_a_quiet_machine_once_in_a_while(begun: list[list[str]]) -> None:
    calibration = known(SPOILT)

    calibration.start_where_needed("cpu", is_quiet=False)
    assert not begun
    for _ in range(2):
        calibration.start_where_needed("cpu", is_quiet=True)
    assert begun == [[sys.executable, "-m", "transfer", "calibrate"]]


def test_a_worker_that_has_just_begun_waits(begun: list[list[str]]) -> None:
    known(SPOILT)

    Calibration().start_where_needed("cpu", is_quiet=True)

    assert not begun


def test_what_nothing_else_has_spoilt_stays(begun: list[list[str]]) -> None:
    known(CLEAN).start_where_needed("cpu", is_quiet=True)

    assert not begun

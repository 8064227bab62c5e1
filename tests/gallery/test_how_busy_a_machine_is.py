"""Plans are for the machine as it is now: a worker tells how many times as long renders take beside other programs."""

import subprocess
import sys
import time

import pytest

from gallery.queueing.load import Load
from transfer.planning import busy
from transfer.planning.busy import Work


def looked(cores: int, others: float, own: float, looks: int = 12) -> Load:
    """After a minute in which other programs, and this one, kept so many processors busy."""
    found = Load(cores)
    for number in range(looks):
        at = 5.0 * number
        found.note(Work(at, all=(others + own) * at, own=own * at))
    return found


@pytest.mark.parametrize(
    ("cores", "others", "expected"), [(2, 0.0, 1.0), (2, 0.1, 1.0), (2, 1.0, 2.0), (2, 2.0, 3.0), (8, 2.0, 1.25)]
)
def test_what_others_leave_is_what_a_render_gets(cores: int, others: float, expected: float) -> None:
    assert looked(cores, others, own=0.0).slowdown == expected


def test_what_a_worker_takes_itself_does_not_count() -> None:
    assert looked(2, others=0.0, own=2.0).slowdown == 1.0


def test_one_look_says_nothing_and_a_burst_little() -> None:
    found = looked(2, others=0.0, own=0.0)
    found.note(Work(60.0, all=10.0, own=0.0))

    assert looked(2, others=2.0, own=0.0, looks=1).slowdown == 1.0
    assert 1.0 < found.slowdown < 2.0


def test_the_kernel_tells_what_children_take() -> None:
    before = busy._own()
    child = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        time.sleep(0.6)
        running = busy._own()
    finally:
        child.kill()
        child.wait()

    assert running > before
    assert busy._own() >= running
    assert busy._everybodys() > running

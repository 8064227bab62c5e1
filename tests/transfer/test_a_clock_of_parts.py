from benchmarks.clock import REST, Clock


class Ticking:
    """A clock that goes on by what is slept."""

    def __init__(self):
        self.time = 0.0

    def sleep(self, seconds):
        self.time += seconds


def test_parts_add_up_and_what_they_call_is_theirs():
    ticking = Ticking()
    clock = Clock(lambda: ticking.time)
    inner = clock.timing("inner", lambda: ticking.sleep(2))
    outer = clock.timing("outer", lambda: (ticking.sleep(1), inner()))
    outer()
    inner()
    ticking.sleep(4)
    assert clock.spent() == {REST: 4, "outer": 3, "inner": 2}


def test_a_clock_that_is_restarted_forgets():
    ticking = Ticking()
    clock = Clock(lambda: ticking.time)
    ticking.sleep(5)
    clock.restart()
    ticking.sleep(1)
    assert clock.spent() == {REST: 1}

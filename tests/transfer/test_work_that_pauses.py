"""Work that pauses comes to the same, whatever is said at its pauses."""

import pytest

from transfer.pausing import finish, map_pauses, saying


def counting(last):
    yield from range(last)
    return f"counted to {last}"


def said_and_result(work):
    said = []
    return said, finish(map_pauses(work, said.append))


def test_it_is_finished_through_all_its_pauses():
    assert said_and_result(counting(3)) == ([0, 1, 2], "counted to 3")


def test_work_without_a_pause_is_finished_too():
    assert finish(counting(0)) == "counted to 0"


def test_what_it_says_can_be_told_otherwise():
    assert said_and_result(map_pauses(counting(3), lambda number: number / 2)) == ([0, 0.5, 1], "counted to 3")


def test_it_can_say_the_same_at_each_pause():
    assert said_and_result(saying(counting(3), "still counting")) == (["still counting"] * 3, "counted to 3")


def test_what_goes_wrong_in_it_reaches_whoever_finishes_it():
    def work():
        yield
        raise ValueError("it went wrong")

    with pytest.raises(ValueError, match="went wrong"):
        finish(saying(work(), 0))

"""The time left follows the render's pace and the plan's proportions of its rungs."""

from collections.abc import Callable

import pytest

from transfer.engine.ladder import rungs
from transfer.inputs import Role
from transfer.planning.planner import RungPlan, Speed
from transfer.planning.time_left import USUAL, TimeLeft
from transfer.recipes.style import StyleRecipe
from transfer.style.planner import plan

RECIPE = StyleRecipe(image_size=512)
TRUE = Speed(iteration=0.02, look=1e-7, paint=6e-7)


def planned(speed: Speed) -> tuple[RungPlan, ...]:
    return plan(RECIPE, {Role.CONTENT: [(800, 600)], Role.STYLE: [(640, 640)]}, 4, None, speed).rungs


def told_and_true(
    time_left: TimeLeft, pace: Callable[[int], float] = lambda rung: 1.0, true: Speed = TRUE
) -> list[tuple[float, float]]:
    """The time left as told at the end of each rung, and as it is, for a render that takes `true` times `pace`, which
    may change from rung to rung."""
    clock, told = 0.0, []
    for rung, of_it in zip(rungs(RECIPE), planned(true), strict=True):
        seconds, before = (of_it.seconds or 0.0), (of_it.seconds_before or 0.0)
        clock += before * pace(rung.index)
        for iteration in range(1, rung.iterations + 1):
            clock += (seconds - before) / rung.iterations * pace(rung.index)
            time_left.note(rung, iteration, clock)
        told.append((time_left.seconds, clock))
    return [(seconds or 0.0, clock - at) for seconds, at in told]


def test_it_is_exact_where_the_machine_is_as_fast_as_it_was_measured() -> None:
    for told, true in told_and_true(TimeLeft(planned(TRUE))):
        assert told == pytest.approx(true, abs=1e-6)


def test_it_is_exact_where_all_takes_twice_as_long() -> None:
    for told, true in told_and_true(TimeLeft(planned(TRUE)), lambda rung: 2.0):
        assert told == pytest.approx(true, abs=1e-6)


def test_it_follows_a_machine_that_gets_busy() -> None:
    *_, before_the_last, _ = told_and_true(TimeLeft(planned(TRUE)), lambda rung: 1.0 if rung < 2 else 3.0)

    assert before_the_last[0] == pytest.approx(before_the_last[1], rel=0.3)


@pytest.mark.parametrize("speed", [Speed(0.16, 2e-7, 9e-8), Speed(1e-5, 1e-9, 1e-5)])
def test_a_measurement_that_was_spoilt_is_not_gone_by(speed: Speed) -> None:
    first, *_ = told_and_true(TimeLeft(planned(speed), planned(USUAL)), true=Speed(0.013, 1e-7, 7e-7))

    assert first[0] == pytest.approx(first[1], rel=0.3)


def test_nothing_is_told_of_a_few_iterations() -> None:
    time_left = TimeLeft(planned(TRUE))
    first = rungs(RECIPE)[0]
    for iteration in range(1, 4):
        time_left.note(first, iteration, 0.1 * iteration)

    assert time_left.seconds is None


def test_a_rung_that_ends_early_is_not_taken_for_a_fast_one() -> None:
    time_left = TimeLeft(planned(TRUE))
    lowest, second, *_ = rungs(RECIPE)
    for iteration in range(1, 41):
        time_left.note(lowest, iteration, 0.05 * iteration)
    before = time_left.seconds
    time_left.note(second, 1, 2.0 + 0.07)

    assert before is not None
    assert time_left.seconds is not None
    skipped = (lowest.iterations - 40) * 0.05
    assert time_left.seconds == pytest.approx(before - skipped, rel=0.15)

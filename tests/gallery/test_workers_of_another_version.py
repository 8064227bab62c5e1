"""What a worker of another version reports is read as far as possible."""

from collections.abc import Callable

import pytest

from gallery.models import Worker
from gallery.queueing.workers import NARROW, live_workers
from transfer.planning.planner import Speed

KNOWN = {"iteration": 0.02, "look": 1e-7, "paint": 5e-7}


def test_what_is_unknown_is_ignored(make_worker: Callable[..., Worker]) -> None:
    make_worker(facts={"width": 2, "watts": 95, "speeds": {"vgg19-lite": {**KNOWN, "watts": 95}, "other": [1]}})

    (worker,) = live_workers()

    assert (worker.width, worker.speeds) == (2, {"vgg19-lite": Speed(**KNOWN)})


@pytest.mark.parametrize("facts", [{"width": 4}, {"width": 4, "speeds": None}, {"width": 4, "speeds": [KNOWN]}])
def test_where_speeds_are_missing_the_width_is_known(facts: dict, make_worker: Callable[..., Worker]) -> None:
    make_worker(facts=facts)

    (worker,) = live_workers()

    assert (worker.width, worker.speeds) == (4, {})


@pytest.mark.parametrize("facts", [{}, [], "x", {"width": "wide"}, {"width": None}])
def test_where_nothing_is_understood_nothing_is_ruled_out(facts: object, make_worker: Callable[..., Worker]) -> None:
    make_worker(facts=facts)

    (worker,) = live_workers()

    assert (worker.width, worker.speeds) == (NARROW, {})

"""While large renders keep every worker, the longest running one makes room for a small one.

test_a_small_render_while_a_large_one_runs.py shows the effect.
"""

from collections.abc import Callable

import pytest
from django.utils import timezone

from gallery.models import Render, Worker
from gallery.painting.claiming import claim
from gallery.painting.heartbeat import Heartbeat, Reason
from tests.gallery.waiting import of_size

Make = Callable[..., Render]


def test_only_the_longest_running_large_render_steps_aside(make_finished: Make, workers: Callable[[int], None]) -> None:
    workers(2)
    for _ in range(2):
        make_finished(**of_size(724))
    first, second = (Heartbeat(claim(name)) for name in ("one", "two"))
    make_finished(**of_size(256))

    assert second.reason_to_stop() is None
    assert first.reason_to_stop() == Reason.STEPPING_ASIDE


def test_nobody_does_where_a_worker_is_free_or_paints_small_ones(
    make_finished: Make, workers: Callable[[int], None]
) -> None:
    workers(2)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(**of_size(256))

    assert heartbeat.reason_to_stop() is None


@pytest.mark.parametrize("size", [512, 64])
def test_a_small_render_never_does(size: int, make_finished: Make, workers: Callable[[int], None]) -> None:
    workers(1)
    make_finished(**of_size(size))
    heartbeat = Heartbeat(claim("one"))
    make_finished(**of_size(64))

    assert heartbeat.reason_to_stop() is None


@pytest.mark.parametrize(("priority", "expected"), [(-1, None), (0, Reason.STEPPING_ASIDE), (1, Reason.STEPPING_ASIDE)])
def test_nobody_does_for_a_small_render_of_lower_priority(
    priority: int, expected: Reason | None, make_finished: Make, workers: Callable[[int], None]
) -> None:
    workers(1)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(priority=priority, **of_size(64))

    assert heartbeat.reason_to_stop() == expected


LITE, CLASSIC = ["vgg19-lite"], ["vgg19", "vgg19-lite"]


def live(**networks: list[str] | None) -> None:
    """Workers of these names, with these networks."""
    now = timezone.now()
    Worker.objects.bulk_create(
        Worker(name=name, host="h", seen=now, networks=there) for name, there in networks.items()
    )


@pytest.mark.parametrize("idle", [LITE, CLASSIC], ids=["idle_without_it", "idle_with_it"])
def test_only_workers_that_can_do_the_small_one_count(idle: list[str], make_finished: Make) -> None:
    live(large=CLASSIC, idle=idle)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("large"))
    make_finished(needs_network="vgg19", **of_size(64))

    assert heartbeat.reason_to_stop() == (Reason.STEPPING_ASIDE if idle == LITE else None)


def test_nobody_does_for_what_it_cannot_do_itself(make_finished: Make) -> None:
    live(small=LITE, large=CLASSIC)
    for _ in range(2):
        make_finished(**of_size(724))
    small, large = Heartbeat(claim("small")), Heartbeat(claim("large"))
    make_finished(needs_network="vgg19", **of_size(64))

    assert small.reason_to_stop() is None
    assert large.reason_to_stop() == Reason.STEPPING_ASIDE


def test_nobody_does_for_a_paused_one(make_finished: Make, workers: Callable[[int], None]) -> None:
    workers(1)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(paused=True, **of_size(64))

    assert heartbeat.reason_to_stop() is None

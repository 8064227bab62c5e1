"""While renders keep every worker, the longest running one makes room for a preview, and keeps its turn.

test_a_preview_while_a_large_render_runs.py shows the effect.
"""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from gallery.models import Render, Worker
from gallery.painting.claiming import claim, hand_back
from gallery.painting.heartbeat import Heartbeat, Reason
from gallery.queueing import previews
from tests.gallery.waiting import of_size

pytestmark = pytest.mark.usefixtures("clean_queue")
Make = Callable[..., Render]


@pytest.fixture
def make_preview(make_finished: Make) -> Make:
    """A waiting preview."""

    def make(**fields: object) -> Render:
        wanted = timezone.now() + previews.WANTED_FOR
        return make_finished(**{**of_size(256), "wanted_until": wanted, "tab": "one", **fields})

    return make


@pytest.mark.parametrize("size", [64, 512, 2048])
def test_a_render_of_any_size_does_and_a_preview_does_not(
    size: int, make_finished: Make, make_preview: Make, workers: Callable[[int], None]
) -> None:
    workers(1)
    make_finished(priority=5, **of_size(size))
    render = Heartbeat(claim("m0"))
    make_preview()
    assert render.reason_to_stop() == Reason.YIELDING

    hand_back(render.row, yielded=True)
    preview = Heartbeat(claim("m0"))
    make_preview(tab="two")
    assert preview.row.passes
    assert preview.reason_to_stop() is None


def test_only_the_longest_running_one_does(
    make_finished: Make, make_preview: Make, workers: Callable[[int], None]
) -> None:
    workers(2)
    for _ in range(2):
        make_finished(**of_size(724))
    first, second = (Heartbeat(claim(f"m{each}")) for each in range(2))
    make_preview()

    assert second.reason_to_stop() is None
    assert first.reason_to_stop() == Reason.YIELDING


def test_nobody_does_where_a_worker_is_free_or_nobody_waits_any_more(
    make_finished: Make, make_preview: Make, workers: Callable[[int], None]
) -> None:
    workers(2)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("m0"))
    make_preview()
    assert heartbeat.reason_to_stop() is None

    Worker.objects.filter(name="m1").delete()
    Render.objects.passing().update(wanted_until=timezone.now() - previews.WANTED_FOR)
    assert Heartbeat(heartbeat.row).reason_to_stop() is None


def test_what_made_room_is_the_next_of_its_equals_and_counts_no_crash(
    make_finished: Make, alice: User, bob: User, workers: Callable[[int], None]
) -> None:
    workers(1)
    alices = make_finished(alice, painted_seconds=500, last_painted=timezone.now(), **of_size(724))
    heartbeat = Heartbeat(claim("m0"))
    make_finished(bob, **of_size(724))
    hand_back(heartbeat.row, yielded=True)

    assert Render.objects.waiting().first() == alices
    alices = claim("m0")
    assert (alices.yielded, alices.crashes, alices.attempt) == (False, 0, 2)


def test_small_renders_still_go_before_a_large_one_that_made_room(
    make_finished: Make, workers: Callable[[int], None]
) -> None:
    workers(1)
    make_finished(**of_size(724))
    hand_back(claim("m0"), yielded=True)
    small = make_finished(**of_size(64))

    assert Render.objects.waiting().first() == small

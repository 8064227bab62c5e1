"""A heartbeat rewrites the lease and not the render. The render gets the seconds when it is let go."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gallery.models import Lease, Render, Status
from gallery.painting.claiming import claim, fail, hand_back
from gallery.painting.heartbeat import Heartbeat
from gallery.queueing import crashes, queue
from gallery.queueing.deletion import delete_render

pytestmark = pytest.mark.usefixtures("clean_queue", "db")

Make = Callable[..., Render]


@pytest.fixture
def claimed(make_finished: Make) -> Render:
    """A render that was painted for five seconds earlier, and is being painted again."""
    make_finished(status=Status.PENDING, output="", painted_seconds=5.0)
    return claim("worker")


def heart_beats(render: Render, seconds: float) -> None:
    """Sends the heartbeat of a render that was painted for `seconds` since the last one."""
    assert Render.objects.held_by_attempt(render).renew_lease(seconds)


def crash(render: Render) -> None:
    """Its painting process is killed."""
    crashes.retry_after_crash(Render.objects.held_by_attempt(render), "was killed")


def test_it_is_one_update_and_writes_to_no_row_of_a_render(claimed: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat = Heartbeat(claimed)
    monkeypatch.setattr("gallery.painting.heartbeat.RENEW_EVERY", 0.0)
    before = Render.objects.values().get()

    with CaptureQueriesContext(connection) as captured:
        assert heartbeat.reason_to_stop() is None

    assert [query["sql"].split()[:2] for query in captured] == [["UPDATE", '"gallery_lease"']]
    assert Render.objects.values().get() == before


def test_what_it_writes_is_in_no_index() -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "gallery_lease").values()

    assert {column for each in constraints for column in each["columns"]} == {"render_id"}


@pytest.mark.parametrize("let_go", [hand_back, queue.cancel, crash, lambda render: fail(render, "bad luck")])
def test_when_a_render_is_let_go_the_seconds_are_added_and_the_lease_goes(
    let_go: Callable[[Render], object], claimed: Render
) -> None:
    for seconds in (10.0, 2.0):
        heart_beats(claimed, seconds)
    counted = Lease.objects.get().counted

    let_go(claimed)

    row = Render.objects.get()
    assert (row.painted_seconds, row.last_painted) == (17.0, counted)
    assert not Lease.objects.exists()


def test_a_deleted_render_leaves_no_lease(claimed: Render) -> None:
    delete_render(claimed)

    assert not Lease.objects.exists()


def test_what_is_being_painted_counts_for_its_person_before_it_is_let_go(
    make_finished: Make, alice: User, bob: User
) -> None:
    make_finished(alice, status=Status.PENDING, output="")
    heart_beats(claim("worker"), 300.0)
    make_finished(bob, painted_seconds=100.0, last_painted=timezone.now())
    alices, bobs = make_finished(alice, status=Status.PENDING), make_finished(bob, status=Status.PENDING)

    assert (queue.position(bobs), queue.position(alices)) == (1, 2)


def test_what_was_painted_can_be_kept_where_its_progress_is_forgotten(claimed: Render) -> None:
    Render.objects.update(painted_seconds=0)
    assert not queue.keep(Render.objects.get())
    heart_beats(claimed, 10.0)

    assert queue.keep(Render.objects.get())

"""A database that is locked for a while stops neither a render nor its publication."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import OperationalError

from gallery.models import Render, Status
from gallery.models.querysets import RenderQuerySet
from gallery.painting.claiming import claim, see_through
from gallery.painting.heartbeat import Heartbeat, Reason
from gallery.processes.parts import Part
from gallery.queueing import queue, reconcile

Make = Callable[..., Render]


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Another connection writes and keeps its lock."""
    connection = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@pytest.mark.slow
def test_a_render_that_is_painted_meanwhile_is_completed_by_the_same_attempt(
    worker: Part,
    make_render: Make,
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(image_size=128, num_iterations=150)
    wait_for_preview(render.id)

    with locked():
        time.sleep(5)  # the time for which the database is locked; the test is about this
        assert Render.objects.get().status == Status.IN_PROGRESS

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.crashes) == (Status.COMPLETED, 1, 0)
    assert worker.is_running


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on every query of the rows fails."""

    def fail(*args: object, **options: object) -> None:
        raise OperationalError("database is locked")

    def break_it() -> None:
        monkeypatch.setattr("gallery.models.querysets.RenderQuerySet.held_by_attempt", fail)
        monkeypatch.setattr("gallery.models.querysets.RenderQuerySet.stale", fail)

    return break_it


def test_what_cannot_be_asked_counts_as_unchanged_until_the_lease_would_have_run_out(
    make_finished: Make, broken: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finished(status=Status.PENDING)
    heartbeat = Heartbeat(claim("worker"))
    broken()
    now = time.monotonic()

    monkeypatch.setattr("gallery.painting.heartbeat.time.monotonic", lambda: now + 60)
    assert heartbeat.reason_to_stop() is None
    monkeypatch.setattr("gallery.painting.heartbeat.time.monotonic", lambda: now + 91)
    assert heartbeat.reason_to_stop() == Reason.LOST


@pytest.mark.usefixtures("clean_queue")
def test_what_cannot_be_handed_back_at_once_is_handed_back_later(
    make_finished: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finished(status=Status.PENDING, output="")
    row = claim("worker")
    queue.pause(row)
    hand_back, refusals = RenderQuerySet.let_wait_again, [3]

    def refuse_thrice(rows: RenderQuerySet, **facts: bool) -> int:
        refusals[0] -= 1
        if refusals[0] >= 0:
            raise OperationalError("database is locked")
        return hand_back(rows, **facts)

    monkeypatch.setattr(RenderQuerySet, "let_wait_again", refuse_thrice)

    see_through(row)

    found = Render.objects.get()
    assert (found.status, found.paused, found.crashes) == (Status.PENDING, True, 0)


@pytest.mark.usefixtures("clean_queue", "db")
def test_looking_after_the_queue_is_put_off_with_a_word_in_the_log(
    broken: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken()

    reconcile.reconcile("worker")

    assert "worker will look after the queue again later: database is locked" in caplog.text

"""A worker that is silent for a whole lease loses its render; a clock that jumps costs at most an attempt."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import redis
from django.utils import timezone

from gallery.models import Lease, Render, Status
from gallery.models.leases import LEASE_LASTS
from gallery.painting.claiming import claim, publish
from gallery.painting.heartbeat import Heartbeat, Reason
from gallery.painting.paint import Painted
from gallery.queueing import reconcile
from tests.pictures import painting

Make = Callable[..., Render]


@pytest.fixture
def claimed(clean_queue: redis.Redis, make_finished: Make) -> Render:
    """A render that a worker has just claimed."""
    make_finished(status=Status.PENDING, output="", output_sha256="", thumbnail="")
    return claim("first")


def set_clock(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Sets the clock for everybody."""
    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + by)


def test_a_claim_gives_a_lease(claimed: Render) -> None:
    assert timedelta(0) < claimed.lease.until - timezone.now() <= LEASE_LASTS
    assert reconcile.hand_back_stale() == 0


def test_a_lease_that_ran_out_counts_as_a_death(claimed: Render, run_out_the_lease: Callable[[Render], None]) -> None:
    run_out_the_lease(claimed)

    assert reconcile.hand_back_stale() == 1

    row = Render.objects.get()
    assert (row.status, row.crashes, row.worker) == (Status.PENDING, 1, "")
    assert reconcile.hand_back_stale() == 0


def test_a_row_from_before_there_were_leases_is_handed_back(claimed: Render) -> None:
    Lease.objects.all().delete()

    assert reconcile.hand_back_stale() == 1


def test_who_looks_at_the_row_renews_the_lease(claimed: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat = Heartbeat(claimed)
    monkeypatch.setattr("gallery.painting.heartbeat.RENEW_EVERY", 0.0)
    Lease.objects.update(until=timezone.now() + timedelta(seconds=1))

    assert heartbeat.reason_to_stop() is None

    assert Lease.objects.get().until > timezone.now() + timedelta(seconds=80)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_when_the_clock_jumps_the_row_is_handed_back_and_the_first_attempt_publishes_nothing(
    hours: int, claimed: Render, monkeypatch: pytest.MonkeyPatch, stored_files: Callable[[], set[str]]
) -> None:
    set_clock(monkeypatch, timedelta(hours=hours))

    assert reconcile.hand_back_stale() == 1
    second = claim("second")
    files = stored_files()

    assert Heartbeat(claimed).reason_to_stop() == Reason.LOST
    assert not publish(claimed, Painted(painting((64, 48)), b"never stored", provenance=None))  # type: ignore[arg-type]
    assert stored_files() == files
    assert Render.objects.held_by_attempt(second).exists()


@pytest.mark.parametrize("seconds", [-50, 50])
def test_machines_whose_clocks_differ_a_little_leave_each_others_renders_alone(
    seconds: int, claimed: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, timedelta(seconds=seconds))

    assert reconcile.hand_back_stale() == 0


def test_after_the_clock_jumped_a_worker_that_lives_renews_its_lease_at_once(
    claimed: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat = Heartbeat(claimed)
    monkeypatch.setattr("gallery.painting.heartbeat.time.time", lambda: 0.0)
    set_clock(monkeypatch, timedelta(hours=-1))

    assert heartbeat.reason_to_stop() is None
    assert reconcile.hand_back_stale() == 0

"""A render whose painting process crashes is painted again, but not for ever."""

from collections.abc import Callable

import django_rq
import pytest
import redis

from gallery.models import Lease, Render, Status
from gallery.painting.claiming import claim
from gallery.queueing import crashes, notes, queue

pytestmark = pytest.mark.django_db(transaction=True)  # tokens are issued on commit

Make = Callable[..., Render]


@pytest.fixture
def die(clean_queue: redis.Redis, make_finished: Make) -> Callable[..., Render]:
    """Claims a render, whose painting process then crashes; returns the row."""
    make_finished(status=Status.PENDING, output="")

    def claimed_and_dead(of: str = "an accident") -> Render:
        held = Render.objects.filter(pk=claim("worker").pk)
        if of == "want of memory":
            crashes.retry_with_less_memory(held)
        else:
            crashes.retry_after_crash(held, "was killed (SIGSEGV)")
        return Render.objects.get()

    return claimed_and_dead


def test_it_waits_again_with_a_token(die: Callable[..., Render]) -> None:
    row = die()

    assert (row.status, row.crashes, row.worker, row.started) == (Status.PENDING, 1, "", None)
    assert not Lease.objects.exists()
    assert django_rq.get_queue(queue.QUEUE).count == 1


def test_the_fifth_death_in_a_row_fails_it_with_a_reason(die: Callable[..., Render]) -> None:
    rows = [die() for _ in range(crashes.MOST_CRASHES)]

    assert [row.status for row in rows] == [*[Status.PENDING] * 4, Status.FAILED]
    assert rows[-1].error == (
        "The painting process ended 5 times without getting further; the last time it was killed (SIGSEGV)."
    )
    assert rows[-1].finished is not None


def test_deaths_before_it_got_further_do_not_count(die: Callable[..., Render]) -> None:
    for _ in range(4):
        die()
    crashes.got_further(claim("worker"))
    assert Render.objects.get().crashes == 0

    Render.objects.update(status=Status.PENDING)
    assert die().crashes == 1


def test_an_attempt_that_lost_the_row_cannot_say_that_it_got_further(die: Callable[..., Render]) -> None:
    die()
    lost = claim("worker")
    Render.objects.update(attempt=lost.attempt + 1)

    crashes.got_further(lost)

    assert Render.objects.get().crashes == 1


def test_a_render_that_is_over_does_not_die(die: Callable[..., Render]) -> None:
    row = claim("worker")
    queue.cancel(row)

    assert crashes.retry_after_crash(Render.objects.held_by("worker"), "was killed") == 0
    assert Render.objects.get().status == Status.CANCELED


def test_where_memory_ran_out_half_of_it_is_used_and_the_page_says_so(die: Callable[..., Render], client) -> None:
    row = die("want of memory")

    assert (row.status, row.memory_halvings, row.crashes) == (Status.PENDING, 1, 0)
    assert notes.HALVED in client.get(f"/renders/{row.id}/").content.decode()
    assert client.get(f"/renders/{row.id}/status.json").json()["notes"] == [notes.HALVED]


def test_where_memory_does_not_suffice_in_small_parts_either_it_fails_with_a_reason(die: Callable[..., Render]) -> None:
    rows = [die("want of memory") for _ in range(crashes.MOST_HALVINGS + 1)]

    assert [row.status for row in rows] == [*[Status.PENDING] * 3, Status.FAILED]
    assert rows[-1].memory_halvings == 3
    assert "not enough memory" in rows[-1].error
    assert rows[-1].notes == [notes.HALVED]

"""A machine that restarts puts its own workers' renders back into the queue, and leaves other machines' alone."""

from collections.abc import Callable

import django_rq
import pytest
import redis

from gallery.models import Lease, Render, Status, Worker
from gallery.painting.claiming import claim
from gallery.queueing import queue, reconcile

pytestmark = pytest.mark.django_db(transaction=True)  # a token is issued on commit

Make = Callable[..., Render]


@pytest.fixture
def held(clean_queue: redis.Redis, make_finished: Make) -> dict[str, Render]:
    """The renders that two workers of this machine and one of another hold, by the workers' names."""
    names = ["here.1", "here.2", "elsewhere.1"]
    for _ in names:
        make_finished(status=Status.PENDING, output="")
    return {name: claim(name) for name in names}


def test_what_its_workers_held_waits_at_once_and_it_is_not_held_against_it(held: dict[str, Render]) -> None:
    reconcile.start_over(["here.1", "here.2"])

    for name in ("here.1", "here.2"):
        row = Render.objects.get(pk=held[name].pk)
        assert (row.status, row.worker, row.crashes) == (Status.PENDING, "", 0)
    assert django_rq.get_queue(queue.QUEUE).count == 2


def test_what_another_machine_paints_is_left_alone(held: dict[str, Render]) -> None:
    reconcile.start_over(["here.1", "here.2"])

    row = Render.objects.get(pk=held["elsewhere.1"].pk)
    assert (row.status, row.worker, row.attempt) == (Status.IN_PROGRESS, "elsewhere.1", 1)
    assert Lease.objects.get().render == row


def test_a_machine_that_starts_for_the_first_time_leaves_everybody_alone(held: dict[str, Render]) -> None:
    reconcile.start_over([])

    assert Render.objects.running().count() == len(held)


def test_workers_that_ended_are_not_counted_on(make_worker: Callable[..., Worker], clean_queue: redis.Redis) -> None:
    for name in ("here.1", "elsewhere.1"):
        make_worker(name)

    reconcile.start_over(["here.1"])

    assert [worker.name for worker in Worker.objects.alive()] == ["elsewhere.1"]

"""Workers take waiting renders by priority, then in their order, and never the same one twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils import timezone

from gallery.models import Render, Status
from gallery.painting.claiming import claim
from gallery.processes.parts import Part

Make = Callable[..., Render]


def test_the_oldest_goes_first_and_priority_goes_before_age(make_finished: Make) -> None:
    first, second = make_finished(status=Status.PENDING), make_finished(status=Status.PENDING)
    low = make_finished(status=Status.PENDING, priority=-1)
    urgent = make_finished(status=Status.PENDING, priority=3)

    assert [claim("a").pk for _ in range(4)] == [urgent.pk, first.pk, second.pk, low.pk]
    assert claim("a") is None


def test_equally_old_renders_are_all_taken(make_finished: Make) -> None:
    renders = [make_finished(status=Status.PENDING) for _ in range(5)]
    Render.objects.update(created=timezone.now())

    assert {claim("a").pk for _ in range(5)} == {render.pk for render in renders}
    assert claim("a") is None


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PENDING])
def test_only_waiting_renders_are_taken(status: Status, make_finished: Make) -> None:
    make_finished(status=status)

    assert claim("a") is None


def test_a_claim_says_who_holds_the_row_and_counts_the_attempt(make_finished: Make) -> None:
    pk = make_finished(status=Status.PENDING, attempt=2, started=None, error="was unlucky").pk

    claimed = claim("worker")

    row = Render.objects.get(pk=pk)
    assert claimed.attempt == row.attempt == 3
    assert (row.status, row.worker, row.error) == (Status.IN_PROGRESS, "worker", "")
    assert row.started is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_claim_at_once_never_get_the_same_row(make_finished: Make) -> None:
    renders = [make_finished(status=Status.PENDING) for _ in range(40)]
    taken: dict[str, list] = {"one": [], "two": [], "three": []}
    complaints: list[Exception] = []
    start = threading.Barrier(len(taken))

    def work(name: str) -> None:
        try:
            start.wait()
            while (row := claim(name)) is not None:
                taken[name].append((row.pk, row.attempt, row.worker))
        except Exception as error:
            complaints.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not complaints
    everything = [entry for entries in taken.values() for entry in entries]
    assert sorted(pk for pk, _, _ in everything) == sorted(render.pk for render in renders)
    assert {attempt for _, attempt, _ in everything} == {1}
    assert all(worker == name for name, entries in taken.items() for _, _, worker in entries)


def test_two_worker_processes_paint_every_render_once(
    start_worker: Callable[[], Part], make_render: Make, wait_for: Callable[..., Render]
) -> None:
    workers = {start_worker().name for _ in range(2)}

    renders = [make_render(num_iterations=20) for _ in range(6)]

    rows = [wait_for(render.id, "completed", "failed") for render in renders]
    assert {(row.status, row.attempt) for row in rows} == {(Status.COMPLETED, 1)}
    assert {row.worker for row in rows} == workers

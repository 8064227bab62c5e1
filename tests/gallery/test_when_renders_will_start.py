"""The forecast of a waiting render's start uses what comes before it and how fast the workers are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from gallery.accounts.person import Person
from gallery.models import Lease, Render, Status, Worker
from gallery.queueing import progress
from gallery.queueing.forecast import Forecast, Newcomer, forecast
from gallery.queueing.workers import live_workers
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
MakeWorker = Callable[..., Worker]


@pytest.fixture
def make(make_finished: Make) -> Make:
    """A waiting render of a size in px; each one takes about as long."""

    def wait(size: int = 256, **fields: object) -> Render:
        recipe = StyleRecipe(image_size=size, num_iterations=200).model_dump(mode="json")
        return make_finished(**{"status": Status.PENDING, "recipe_json": recipe, **fields})

    return wait


def now(newcomer: Newcomer | None = None) -> Forecast:
    return forecast(live_workers(), newcomer)


def test_one_worker_takes_one_after_the_other(make: Make, make_worker: MakeWorker) -> None:
    make_worker()
    rows = [make() for _ in range(3)]

    starts = now().starts

    first, second, third = (starts[row.pk] for row in rows)
    assert first == 0 < second
    assert third == pytest.approx(2 * second)
    assert now().done == pytest.approx(3 * second)


def test_two_workers_share_and_the_quicker_one_takes_more(make: Make, make_worker: MakeWorker) -> None:
    make_worker("slow")
    rows = [make() for _ in range(5)]
    alone = now().done

    make_worker("quick", faster=4)

    found = now()
    assert sorted(found.starts.values())[:2] == [0, 0]
    assert found.done is not None
    assert alone is not None
    assert alone / 5.5 < found.done < alone / 2
    assert max(found.starts, key=found.starts.__getitem__) == rows[-1].pk


def test_starts_rise_in_the_order_in_which_renders_are_taken(make: Make, make_worker: MakeWorker, alice: User) -> None:
    make_worker()
    make(1024)
    make(256, owner=alice)
    make(256, priority=1)
    make(724, owner=alice, priority=1)
    make(64)

    starts = now().starts

    in_order = [starts[row.pk] for row in Render.objects.waiting()]
    assert in_order == sorted(in_order)
    assert len(set(in_order)) == 5


def test_what_runs_comes_first_for_as_long_as_it_says_itself(
    make: Make, make_worker: MakeWorker, clean_queue: object
) -> None:
    make_worker("here")
    running = make(status=Status.IN_PROGRESS, worker="here")
    waiting = make()
    whole = now().starts[waiting.pk]
    assert now().left[running.pk] == whole > 0

    Render.objects.filter(pk=running.pk).update(painted_seconds=whole / 2)
    assert now().starts[waiting.pk] == pytest.approx(whole / 2)

    Lease.objects.create(render=running, until=timezone.now(), painted_seconds=whole / 4, counted=timezone.now())
    assert now().starts[waiting.pk] == pytest.approx(whole / 4)

    progress.publish(running.pk, progress.Progress(0.4, 256, 3, 1, 12, 60, 0.3, {}, 65.0, 1), b"")
    assert now().starts[waiting.pk] == 65.0

    Render.objects.filter(pk=running.pk).update(paused=True)
    assert now().starts[waiting.pk] == 0


def test_a_small_render_does_not_wait_for_a_large_one_that_runs(make: Make, make_worker: MakeWorker) -> None:
    for name in ("a", "b"):
        make_worker(name)
        make(2048, status=Status.IN_PROGRESS, worker=name)
    small, next_small, large = make(64), make(64), make(1024)

    found = now()

    assert found.starts[small.pk] == 0
    assert 0 < found.starts[next_small.pk] < 10
    assert found.starts[large.pk] >= min(found.left.values()) > 10


def test_without_a_worker_or_its_speed_nothing_is_foretold(make: Make, make_worker: MakeWorker) -> None:
    first, second = make(), make()
    make_worker("gone", seen=timezone.now() - timedelta(minutes=5))
    assert now(Newcomer(256)) == Forecast()

    make_worker("new", facts={})
    assert now().starts == {first.pk: 0}
    assert second.pk not in now().starts
    assert now().done is None


def test_a_newcomer_has_its_place_by_priority_size_and_person(
    make: Make, make_worker: MakeWorker, alice: User, bob: User, django_assert_max_num_queries: Callable
) -> None:
    make_worker()
    make(256, owner=bob, priority=1)
    make(256, owner=alice)
    make(256, owner=bob)
    make(1024, owner=bob)
    make(64, owner=bob, status=Status.COMPLETED, painted_seconds=100.0, last_painted=timezone.now())
    one = now().done or 0.0

    def wait(size: int, whose: Person | None) -> float:
        found = now(Newcomer(size, whose)).newcomer
        assert found is not None
        return found

    assert wait(256, Person(alice, "")) == wait(256, None) < wait(256, Person(bob, ""))
    assert wait(256, Person(bob, "")) == wait(1024, None) < wait(1024, Person(bob, "")) == one
    with django_assert_max_num_queries(5):
        now(Newcomer(256, Person(alice, "")))


def test_a_render_that_was_painted_in_part_takes_less(make: Make, make_worker: MakeWorker) -> None:
    make_worker()
    row = make(1024)
    whole = now().done or 0.0

    Render.objects.filter(pk=row.pk).update(painted_seconds=whole / 2)

    assert now().done == pytest.approx(whole / 2)


def test_a_row_that_is_damaged_keeps_nobody_waiting(make: Make, make_worker: MakeWorker) -> None:
    make_worker()
    make(recipe_json={"image_size": 256, "kind": "mosaic"})
    make(owner=None)

    assert set(now().starts.values()) == {0.0}


def test_of_a_very_long_queue_the_rest_is_reckoned_by_the_mean(
    make: Make, make_worker: MakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_worker()
    for _ in range(6):
        make()
    whole = now(Newcomer(256)).newcomer

    monkeypatch.setattr("gallery.queueing.forecast.LOOKED_AT", 3)

    assert len(now().starts) == 3
    assert now(Newcomer(256)).newcomer == pytest.approx(whole)

"""Workers take renders by priority, small before large, fairly between people, and positions agree."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from gallery.models import Render, Status
from gallery.painting.claiming import claim
from gallery.queueing import queue
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def of_size(size: int) -> dict[str, object]:
    return {"recipe_json": StyleRecipe(image_size=size).model_dump(mode="json")}


def taken_in_order() -> list:
    """Asks for every position, then claims everything that waits."""
    waiting = list(Render.objects.claimable())
    expected = sorted(waiting, key=lambda row: queue.position(row) or 0)
    assert [queue.position(row) for row in expected] == list(range(1, len(waiting) + 1))
    following = expected[0].pk if expected else None
    found = []
    while (row := claim("worker")) is not None:
        found.append(row.pk)
    assert found[:1] == [following]
    return found


def test_small_renders_go_before_large_ones_and_priority_before_both(make_finished: Make) -> None:
    large = make_finished(status=Status.PENDING, **of_size(724))
    middle = make_finished(status=Status.PENDING, **of_size(512))
    small = make_finished(status=Status.PENDING, **of_size(64))
    urgent = make_finished(status=Status.PENDING, priority=1, **of_size(2048))

    assert taken_in_order() == [row.pk for row in (urgent, middle, small, large)]


def test_bob_need_not_wait_for_all_that_alice_has_submitted(make_finished: Make, alice: User, bob: User) -> None:
    alices = [make_finished(alice, status=Status.PENDING) for _ in range(3)]
    bobs = [make_finished(bob, status=Status.PENDING) for _ in range(2)]

    assert taken_in_order() == [row.pk for row in (alices[0], bobs[0], alices[1], bobs[1], alices[2])]


def test_visitors_are_told_apart_by_their_sessions(make_finished: Make, alice: User) -> None:
    one = [make_finished(visitor="a" * 32, status=Status.PENDING) for _ in range(2)]
    other = make_finished(visitor="b" * 32, status=Status.PENDING)
    alices = make_finished(alice, status=Status.PENDING)

    assert taken_in_order() == [row.pk for row in (one[0], other, alices, one[1])]


def test_what_was_painted_within_the_hour_counts_and_what_was_before_does_not(
    make_finished: Make, alice: User, bob: User
) -> None:
    now = timezone.now()
    make_finished(alice, painted_seconds=60.0, last_painted=now - timedelta(minutes=50))
    make_finished(bob, painted_seconds=6000.0, last_painted=now - timedelta(minutes=70))
    alices, bobs = make_finished(alice, status=Status.PENDING), make_finished(bob, status=Status.PENDING)

    assert (queue.position(alices), queue.position(bobs)) == (2, 1)
    assert taken_in_order() == [bobs.pk, alices.pk]


def test_a_long_running_render_counts_while_it_runs(make_finished: Make, alice: User, bob: User) -> None:
    make_finished(alice, status=Status.IN_PROGRESS, painted_seconds=300.0, last_painted=timezone.now())
    make_finished(bob, painted_seconds=100.0, last_painted=timezone.now())
    alices, bobs = make_finished(alice, status=Status.PENDING), make_finished(bob, status=Status.PENDING)

    assert taken_in_order() == [bobs.pk, alices.pk]


def test_a_paused_render_is_never_taken_and_has_no_position(make_finished: Make) -> None:
    paused = make_finished(status=Status.PENDING, paused=True)
    waiting = make_finished(status=Status.PENDING)

    assert (queue.position(paused), queue.position(waiting)) == (None, 1)
    assert taken_in_order() == [waiting.pk]


def test_the_size_that_decides_is_the_recipes(make_finished: Make) -> None:
    row = make_finished(status=Status.PENDING, **of_size(724))
    assert Render.objects.large().get() == row

    Render.objects.update(**of_size(128))

    assert Render.objects.small().get().image_size == 128

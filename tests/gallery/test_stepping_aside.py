"""While large renders keep every worker, the longest running one makes room for a small one.

test_a_small_render_while_a_large_one_runs.py shows the effect.
"""

from collections.abc import Callable

import pytest
from django.utils import timezone

from gallery.models import Render, Status, Worker
from gallery.painting.heartbeat import Heartbeat, Reason
from gallery.painting.worker import claim
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def of_size(size: int) -> dict[str, object]:
    return {"recipe_json": StyleRecipe(image_size=size).model_dump(mode="json"), "output": "", "status": Status.PENDING}


@pytest.fixture
def machines(db: None) -> Callable[[int], None]:
    """As many workers live."""

    def live(number: int) -> None:
        Worker.objects.all().delete()
        Worker.objects.bulk_create(Worker(name=f"m{each}", host="h", seen=timezone.now()) for each in range(number))

    return live


def test_only_the_longest_running_large_render_steps_aside(
    make_finished: Make, machines: Callable[[int], None]
) -> None:
    machines(2)
    for _ in range(2):
        make_finished(**of_size(724))
    first, second = (Heartbeat(claim(name)) for name in ("one", "two"))
    make_finished(**of_size(256))

    assert second.reason_to_stop() is None
    assert first.reason_to_stop() == Reason.STEPPING_ASIDE


def test_nobody_does_where_a_worker_is_free_or_paints_small_ones(
    make_finished: Make, machines: Callable[[int], None]
) -> None:
    machines(2)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(**of_size(256))

    assert heartbeat.reason_to_stop() is None


@pytest.mark.parametrize("size", [512, 64])
def test_a_small_render_never_does(size: int, make_finished: Make, machines: Callable[[int], None]) -> None:
    machines(1)
    make_finished(**of_size(size))
    heartbeat = Heartbeat(claim("one"))
    make_finished(**of_size(64))

    assert heartbeat.reason_to_stop() is None


@pytest.mark.parametrize(("priority", "expected"), [(-1, None), (0, Reason.STEPPING_ASIDE), (1, Reason.STEPPING_ASIDE)])
def test_nobody_does_for_a_small_render_of_lower_priority(
    priority: int, expected: Reason | None, make_finished: Make, machines: Callable[[int], None]
) -> None:
    machines(1)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(priority=priority, **of_size(64))

    assert heartbeat.reason_to_stop() == expected


def test_nobody_does_for_a_paused_one(make_finished: Make, machines: Callable[[int], None]) -> None:
    machines(1)
    make_finished(**of_size(724))
    heartbeat = Heartbeat(claim("one"))
    make_finished(paused=True, **of_size(64))

    assert heartbeat.reason_to_stop() is None

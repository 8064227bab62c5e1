"""A preview is ready within seconds while the only worker paints something large, which loses nothing."""

import time
from collections.abc import Callable

import pytest

from gallery.models import Render, Status
from gallery.processes.parts import Part
from tests.gallery.kept_rungs import keep_rung_below

pytestmark = pytest.mark.usefixtures("one_thread")  # on a busy machine, more threads would wait for each other

WITHIN = 20.0  # seconds


@pytest.mark.slow
def test_the_small_one_is_completed_at_once_and_the_large_one_goes_on_from_where_it_stood(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    wait_for_preview: Callable[..., None],
) -> None:
    large = make_render(image_size=1448, num_iterations=3)
    keep_rung_below(large)
    worker = start_worker()
    wait_for_preview(large.id)

    began = time.monotonic()
    small = make_render(image_size=256, num_iterations=12)
    first = wait_for(small.id, "completed", "failed")
    assert first.status == Status.COMPLETED
    assert time.monotonic() - began < WITHIN
    assert Render.objects.get(pk=large.pk).status != Status.COMPLETED

    seen = [(1448, 1)]
    while not (row := Render.objects.get(pk=large.pk)).is_over:
        progress = status_of(large.id)["progress"]
        if progress and progress["rung"]:
            seen.append((progress["rung"], progress["iteration"]))
        time.sleep(0.1)
    assert (row.status, row.attempt, row.crashes, row.notes) == (Status.COMPLETED, 2, 0, [])
    assert first.finished < row.finished
    assert worker.is_running
    assert {rung for rung, _ in seen} == {1448}
    assert seen == sorted(seen)

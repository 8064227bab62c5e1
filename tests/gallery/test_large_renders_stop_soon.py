"""An iteration of a 2048 px render takes seconds, and it stops sooner than that."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from gallery.models import Render, Status
from gallery.processes.parts import Part
from gallery.queueing import queue
from tests.gallery.kept_rungs import keep_rung_below
from tests.gallery.processes import painting_processes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("one_thread"),  # on a busy machine, more threads would wait for each other
]

Make = Callable[..., Render]
SOON, BUSY = 1.0, 2.0  # seconds, and the limit for a machine that does other things too


def test_a_cancelled_one_stops_between_two_tiles(
    start_worker: Callable[[], Part], make_render: Make, until: Callable[..., None]
) -> None:
    render = make_render(image_size=2048, num_iterations=4)
    keep_rung_below(render)
    worker = start_worker()
    until(lambda: painting_processes(worker), "it is painted")
    time.sleep(3)  # until it works on the large picture, which reports nothing before its first iteration ends

    began = time.monotonic()
    assert queue.cancel(render)
    until(lambda: not painting_processes(worker), "the painting process has ended", seconds=10)

    assert time.monotonic() - began < SOON + BUSY
    assert Render.objects.get().status == Status.CANCELED


def test_one_whose_worker_is_told_to_stop_is_handed_back_with_a_checkpoint(
    start_worker: Callable[[], Part],
    make_render: Make,
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(image_size=2048, num_iterations=4)
    keep_rung_below(render)
    worker = start_worker()
    wait_for_preview(render.id)

    worker.process.send_signal(signal.SIGTERM)
    worker.process.wait(5)

    row = Render.objects.get()
    assert (row.status, row.crashes, row.worker) == (Status.PENDING, 0, "")
    names = [path.stem for path in (Path(settings.DATA) / "checkpoints").glob("*/[0-9]*")]
    assert [name for name in names if name.startswith("02048-0000")], names

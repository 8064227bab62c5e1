"""A worker that is told to stop hands back its render and exits; the next worker continues it."""

import os
import signal
from collections.abc import Callable

import django_rq

from gallery.models import Render, Status, Worker
from gallery.processes.parts import Part
from gallery.queueing import queue
from tests.gallery.processes import painting_processes


def test_a_stopped_worker_hands_its_render_back_to_the_next_one(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    wait_for_preview: Callable[..., None],
) -> None:
    worker = start_worker()
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)

    worker.process.send_signal(signal.SIGTERM)

    worker.process.wait(5)
    row = Render.objects.get()
    assert (row.status, row.worker, row.started, row.error) == (Status.PENDING, "", None, "")
    assert (row.crashes, Worker.objects.count()) == (0, 0)
    assert django_rq.get_queue(queue.QUEUE).count == 1
    assert status_of(render.id)["position"] == 1

    Render.objects.update(recipe_json={**row.recipe_json, "image_size": 64, "num_iterations": 3})
    start_worker()
    assert wait_for(render.id, "completed", "failed").attempt == 2
    assert Render.objects.get().status == Status.COMPLETED


def test_a_painting_process_that_does_not_answer_keeps_no_worker_from_ending_in_time(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    worker = start_worker()
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)
    (process,) = painting_processes(worker)
    os.kill(process, signal.SIGSTOP)

    worker.process.send_signal(signal.SIGTERM)

    worker.process.wait(5)
    row = Render.objects.get()
    assert (row.status, row.worker, row.crashes, row.error) == (Status.PENDING, "", 0, "")
    assert django_rq.get_queue(queue.QUEUE).count == 1


def test_an_idle_worker_ends_at_once(start_worker: Callable[[], Part]) -> None:
    worker = start_worker()

    worker.process.send_signal(signal.SIGTERM)

    worker.process.wait(20)

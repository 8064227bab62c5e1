"""A killed painting process is replaced, and a painting process does not outlive its worker."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from gallery.models import Render, Status
from gallery.processes.parts import Part
from tests.gallery.processes import painting_processes


def test_a_killed_painting_process_costs_its_render_an_attempt_and_nothing_else(
    worker: Part,
    make_render: Callable[..., Render],
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    victim = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(victim.id)
    make_small(victim)
    (process,) = painting_processes(worker)

    os.kill(process, signal.SIGKILL)

    row = wait_for(victim.id, "completed", "failed")
    assert (row.status, row.attempt, row.error) == (Status.COMPLETED, 2, "")
    assert wait_for(make_render().id, "completed", "failed").attempt == 1
    assert worker.is_running
    assert "was killed (SIGKILL)" in worker.log.read_text()


def test_a_painting_process_whose_worker_is_killed_hands_its_render_back_to_another_worker_and_ends(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    worker = start_worker()
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)
    (process,) = painting_processes(worker)

    worker.process.kill()
    worker.process.wait()

    assert wait_for(render.id, "pending", "completed", "failed").status == Status.PENDING
    until(lambda: not Path(f"/proc/{process}").exists(), "the painting process has ended")
    make_small(render)
    start_worker()
    assert wait_for(render.id, "completed", "failed").status == Status.COMPLETED
    assert Render.objects.get().crashes == 0


@pytest.mark.slow
def test_what_a_machine_was_painting_that_lost_its_power_is_painted_by_another_one(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    run_out_the_lease: Callable[[Render], None],
    wait_for_preview: Callable[..., None],
) -> None:
    worker = start_worker()
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)
    make_small(render)
    (process,) = painting_processes(worker)
    os.kill(worker.process.pid, signal.SIGSTOP)  # so that it cannot hand back anything
    os.kill(process, signal.SIGKILL)
    worker.process.kill()
    worker.process.wait()
    row = Render.objects.get()
    assert row.status == Status.IN_PROGRESS

    start_worker()
    run_out_the_lease(render)

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 2)

"""A painting process that is killed leaves a render that says so; one whose worker is killed does not outlive it."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from gallery.models import Render, Status
from gallery.parts import Part


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_killed_work_horse_fails_its_render_only(
    worker: Part,
    client: Client,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
) -> None:
    victim, next_one = make_render(image_size=181, num_iterations=2000), make_render()
    until(lambda: status_of(victim.id)["progress"]["preview"], "the render shows a preview")
    (horse,) = children(worker.process.pid)

    os.kill(horse, signal.SIGKILL)

    row = wait_for(victim.id, "failed", "completed", "pending")
    assert row.status == Status.FAILED
    assert "killed" in row.error
    assert row.error in client.get(f"/renders/{victim.id}/").content.decode()
    assert status_of(victim.id)["error"] == row.error
    assert wait_for(next_one.id, "completed", "failed").status == Status.COMPLETED
    assert worker.is_running


def test_a_work_horse_whose_worker_is_killed_hands_its_render_back_and_ends(
    worker: Part,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
) -> None:
    render = make_render(image_size=181, num_iterations=2000)
    until(lambda: status_of(render.id)["progress"]["preview"], "the render shows a preview")
    (horse,) = children(worker.process.pid)

    worker.process.kill()
    worker.process.wait()

    assert wait_for(render.id, "pending", "completed", "failed").status == Status.PENDING
    until(lambda: not Path(f"/proc/{horse}").exists(), "the work-horse has ended")

"""A painting process that is killed leaves a render that says so, and the worker goes on."""

import os
import signal
import subprocess
from collections.abc import Callable

from django.test import Client

from gallery.models import Render, Status
from gallery.parts import Part


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


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

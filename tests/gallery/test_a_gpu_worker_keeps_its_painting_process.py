"""A worker with a GPU paints one render after another in the same process, and each is painted as in one of its own.

No GPU is needed: the worker is told that there is one, and the processor paints.
"""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from gallery.doctor import services
from gallery.models import Render, Status, Worker
from gallery.processes.parts import Part
from tests.gallery.processes import painting_processes

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("one_thread")]
Make = Callable[..., Render]

PROGRAM = """
import sys, django
django.setup()
from django.core.management import call_command
from gallery.painting import lingering
lingering.is_accelerated = lambda: True
call_command("worker", "--name", sys.argv[1])
"""


@pytest.fixture
def gpu_worker(one_thread: None, start_worker: Callable[..., Part], monkeypatch: pytest.MonkeyPatch) -> Part:
    """A worker process that is told that it has a GPU."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    return start_worker(PROGRAM)


def pixels(row: Render) -> bytes:
    with default_storage.open(str(row.output)) as file, Image.open(file) as image:
        return image.tobytes()


def test_the_second_render_is_painted_by_the_process_of_the_first_with_the_same_pixels(
    gpu_worker: Part, make_render: Make, wait_for: Callable[..., Render], client: Client
) -> None:
    first = wait_for(make_render(image_size=96).pk, "completed", "failed")
    processes = painting_processes(gpu_worker)
    assert len(processes) == 1
    assert "A worker is idle" in client.get("/queue/").content.decode()
    assert services.workers().sentence == "1 worker at work"

    other = wait_for(make_render(image_size=64, strength=0.9).pk, "completed", "failed")
    shutil.rmtree(Path(settings.DATA) / "checkpoints", ignore_errors=True)
    again = wait_for(make_render(image_size=96).pk, "completed", "failed")

    assert painting_processes(gpu_worker) == processes
    assert {row.status for row in (first, other, again)} == {Status.COMPLETED}
    assert first.provenance is not None
    assert pixels(first) == pixels(again)
    assert Worker.objects.get().device == first.provenance["device"]


def test_a_process_that_is_killed_is_charged_to_the_render_that_it_paints(
    gpu_worker: Part,
    make_render: Make,
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    first = wait_for(make_render().pk, "completed", "failed")
    victim = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(victim.id)
    make_small(victim)
    (process,) = painting_processes(gpu_worker)

    os.kill(process, signal.SIGKILL)

    row = wait_for(victim.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 2)
    assert Render.objects.get(pk=first.pk).attempt == 1
    assert process not in painting_processes(gpu_worker)
    assert gpu_worker.log.read_text().count("was killed (SIGKILL)") == 1


def test_a_worker_that_is_told_to_stop_ends_soon_though_its_process_waits_for_work(
    gpu_worker: Part, make_render: Make, wait_for: Callable[..., Render]
) -> None:
    wait_for(make_render().pk, "completed", "failed")
    (process,) = painting_processes(gpu_worker)
    assert gpu_worker.process is not None

    gpu_worker.process.send_signal(signal.SIGTERM)

    gpu_worker.process.wait(5)
    assert gpu_worker.process.returncode == 0
    assert not Path(f"/proc/{process}").exists()

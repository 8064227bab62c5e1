"""When a painting process runs out of memory and the kernel kills it, the next one uses half the memory.

We cannot make the kernel do this without filling the machine, so a rising counter replaces the kernel's; the signal is
real.
"""

import os
import signal
from collections.abc import Callable

import pytest

from gallery.models import Render, Status
from gallery.processes.parts import Part
from gallery.queueing.notes import HALVED
from tests.gallery.processes import painting_processes

pytestmark = pytest.mark.alone

PROGRAM = """
import itertools, sys, django
django.setup()
from django.core.management import call_command
from gallery.painting import oom
counts = itertools.count()
oom.kills = lambda: next(counts)
call_command("worker", "--name", sys.argv[1])
"""


@pytest.fixture
def worker_short_of_memory(start_worker: Callable[..., Part], monkeypatch: pytest.MonkeyPatch) -> Part:
    """A worker process on a machine where the kernel kills a process now and then."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    return start_worker(PROGRAM)


def test_its_render_is_completed_with_half_the_memory_and_a_note(
    worker_short_of_memory: Part,
    make_render: Callable[..., Render],
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)
    make_small(render)
    (process,) = painting_processes(worker_short_of_memory)

    os.kill(process, signal.SIGKILL)

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.memory_halvings, row.crashes) == (Status.COMPLETED, 2, 1, 0)
    assert row.notes == [HALVED]

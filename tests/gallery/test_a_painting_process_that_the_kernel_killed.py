"""When a painting process runs out of memory and the kernel kills it, the next one uses half the memory.

We cannot make the kernel do this without filling the machine, so a rising counter replaces the kernel's; the signal is
real.
"""

import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator

import pytest
import redis
import rq

from gallery.models import Render, Status
from gallery.processes.parts import Part, wait_until
from gallery.queueing.notes import HALVED
from tests.conftest import LOGS, PATIENCE
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
def worker_short_of_memory(
    transactional_db: None, clean_queue: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Part]:
    """A worker process on a machine where the kernel kills a process now and then."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "stylesite.settings")
    name = f"tests.{uuid.uuid4().hex[:8]}"
    part = Part(name, [sys.executable, "-c", PROGRAM, name], LOGS / f"{name}.log")
    part.start()
    is_listening = lambda: any(each.name == name for each in rq.Worker.all(connection=clean_queue))  # noqa: E731
    assert wait_until(is_listening, part, PATIENCE), part.why_it_ended()
    yield part
    part.stop()


def test_its_render_is_completed_with_half_the_memory_and_a_note(
    worker_short_of_memory: Part,
    make_render: Callable[..., Render],
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
) -> None:
    render = make_render(image_size=181, num_iterations=2000)
    until(lambda: status_of(render.id)["progress"]["preview"], "the render shows a preview")
    make_small(render)
    (process,) = painting_processes(worker_short_of_memory)

    os.kill(process, signal.SIGKILL)

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.memory_halvings, row.crashes) == (Status.COMPLETED, 2, 1, 0)
    assert row.notes == [HALVED]

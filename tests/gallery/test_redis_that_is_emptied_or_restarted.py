"""Redis may be emptied or restarted at any time: waiting and running renders finish, and workers stay."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
import rq
from django.conf import settings

from gallery.models import Render, Status, Worker
from gallery.processes.parts import Part
from tests.conftest import answers_at

Make = Callable[..., Render]


@pytest.fixture
def restartable(redis_server: Part) -> Iterator[Part]:
    """The server of all tests; it runs again afterwards."""
    yield redis_server
    if not redis_server.is_running:
        start_redis(redis_server)


def start_redis(server: Part) -> None:
    server.start()
    assert answers_at(settings.RUNTIME / "redis.sock", server), server.why_it_ended()


def names(connection: redis.Redis) -> set[str]:
    return {each.name for each in rq.Worker.all(connection=connection)}


def test_what_waits_gets_new_tokens_and_the_worker_registers_again(
    worker: Part, clean_queue: redis.Redis, make_finished: Make, wait_for: Callable[..., Render], until: Callable
) -> None:
    waiting = [make_finished(status=Status.PENDING, output="") for _ in range(2)]
    clean_queue.flushall()

    for render in waiting:
        row = wait_for(render.id, "completed", "failed")
        assert (row.status, row.attempt) == (Status.COMPLETED, 1)
    until(lambda: worker.name in names(clean_queue), "the worker is known again", seconds=15)
    assert Worker.objects.alive().get().name == worker.name


def test_a_running_render_survives_that_redis_is_emptied(
    worker: Part,
    clean_queue: redis.Redis,
    make_render: Make,
    wait_for: Callable[..., Render],
    wait_for_preview: Callable[..., None],
) -> None:
    running, waiting = make_render(image_size=128, num_iterations=150), make_render()
    wait_for_preview(running.id)

    clean_queue.flushall()

    for render in (running, waiting):
        row = wait_for(render.id, "completed", "failed")
        assert (row.status, row.attempt, row.crashes) == (Status.COMPLETED, 1, 0)
    assert worker.is_running


def test_a_running_render_survives_that_redis_dies_and_comes_back(
    worker: Part,
    restartable: Part,
    clean_queue: redis.Redis,
    make_render: Make,
    make_finished: Make,
    wait_for: Callable[..., Render],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    running = make_render(image_size=128, num_iterations=150)
    wait_for_preview(running.id)
    os.kill(restartable.process.pid, signal.SIGKILL)
    restartable.process.wait()
    Path(settings.RUNTIME / "redis.sock").unlink(missing_ok=True)
    waiting = make_finished(status=Status.PENDING, output="")

    # The render finishes without Redis, and the worker waits for Redis to come back.
    row = wait_for(running.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 1)
    assert Render.objects.get(pk=waiting.pk).status == Status.PENDING
    assert worker.is_running

    start_redis(restartable)

    row = wait_for(waiting.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 1)
    until(lambda: worker.name in names(clean_queue), "the worker is known again", seconds=15)

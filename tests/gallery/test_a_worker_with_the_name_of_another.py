"""A worker that is started again under the name of one that was killed starts; one whose namesake lives does not."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest
import redis
import rq
from django.core.management import CommandError, call_command
from django.utils import timezone

from gallery.management.commands.worker import _take_over
from gallery.models import Render, Status, Worker
from gallery.processes.parts import Part, wait_until
from tests.conftest import LOGS, PATIENCE

NAME = "tests.twin"
KEY = f"rq:worker:{NAME}"
NO_PROCESS = 2**22 + 1  # above the highest number that Linux gives


@pytest.mark.alone
def test_after_a_kill_it_starts_again(clean_queue: redis.Redis, transactional_db: None) -> None:
    def start() -> Part:
        part = Part("twin", [sys.executable, "manage.py", "worker", "--name", NAME], LOGS / "twin.log")
        part.start()
        assert wait_until(lambda: _pid_of(NAME, clean_queue) == part.process.pid, part, PATIENCE), part.why_it_ended()
        return part

    first = start()
    first.process.kill()
    first.process.wait()
    second = start()
    try:
        words = [sys.executable, "manage.py", "worker", "--name", NAME]
        third = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)
        assert third.returncode == 1
        assert (
            third.stderr.strip() == f"CommandError: A worker called {NAME} is running already: choose another --name."
        )
    finally:
        second.stop()


def _pid_of(name: str, connection: redis.Redis) -> int:
    found = [worker.pid for worker in rq.Worker.all(connection=connection) if worker.name == name]
    return found[0] if found else 0


@pytest.mark.parametrize("pid", [NO_PROCESS, os.getpid(), 1], ids=["nobody's", "its own", "another's"])
def test_what_it_held_waits_again(
    pid: int, clean_queue: redis.Redis, make_finished: Callable[..., Render], make_worker: Callable[..., Worker]
) -> None:
    make_worker(NAME)
    render = make_finished(status=Status.IN_PROGRESS, worker=NAME, attempt=1)
    clean_queue.hset(KEY, mapping={"birth": "x", "hostname": socket.gethostname(), "pid": pid})

    _take_over(NAME, clean_queue)

    assert not clean_queue.exists(KEY)
    render.refresh_from_db()
    assert render.status == Status.PENDING


def test_on_another_machine_its_last_sign_of_life_counts(
    clean_queue: redis.Redis, make_worker: Callable[..., Worker]
) -> None:
    make_worker(NAME)
    clean_queue.hset(KEY, mapping={"birth": "x", "hostname": "elsewhere", "pid": 7})

    with pytest.raises(CommandError, match="is running already"):
        _take_over(NAME, clean_queue)

    Worker.objects.update(seen=timezone.now() - timezone.timedelta(minutes=2))
    _take_over(NAME, clean_queue)
    assert not clean_queue.exists(KEY)


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb"])
def test_a_name_that_cannot_be_kept_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(CommandError, match="--name should be a word of at most 64 characters"):
        call_command("worker", name=name)

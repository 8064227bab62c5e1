"""`manage.py worker`: paints waiting renders until it is told to stop."""

import logging
import os
import socket
from pathlib import Path
from typing import Any

import django_rq
import rq
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections
from redis import Redis
from redis.exceptions import RedisError

from gallery.models import Worker
from gallery.processes.names import worker_name
from gallery.queueing import reconcile
from gallery.queueing.connection import QUEUE
from transfer.process import end_soon, yield_the_processor

NICENESS = 3  # so that pages and instant pictures get a processor at once while renders keep all of them busy
LONGEST_NAME = 64  # characters, as the column of `Worker` has them


class Command(BaseCommand):
    """One worker; start as many as there are devices."""

    help = "Paints waiting renders until it is told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: Any) -> None:
        """The worker's name must be unique."""
        parser.add_argument("--name", default=worker_name(str(os.getpid())), help="default: host and process")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports torch once, then works."""
        name = _checked(options["name"])
        os.nice(NICENESS)
        yield_the_processor()
        from gallery.painting.process import RenderWorker

        logging.getLogger("rq").propagate = False
        queue = django_rq.get_queue(QUEUE)
        try:
            _take_over(name, queue.connection)
            worker = RenderWorker([queue], name=name, connection=queue.connection, serializer=queue.serializer)
            connections.close_all()
            worker.work(logging_level="WARNING" if options["verbosity"] < 2 else "INFO")
            end_soon()
        except RedisError as error:
            raise CommandError(f"The queue cannot be reached: {error}") from error
        except Error as error:
            raise CommandError(f"The database cannot be used: {' '.join(str(error).split())}") from error


def _checked(name: str) -> str:
    """A name that rq and the database can keep."""
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise CommandError(f"--name should be a word of at most {LONGEST_NAME} characters.")
    return name


def _take_over(name: str, connection: Redis) -> None:
    """Takes the name of a worker that was killed, which rq would keep for minutes, and lets what it held wait again."""
    key = f"{rq.Worker.redis_worker_namespace_prefix}{name}"
    known: dict[bytes, bytes] = connection.hgetall(key)  # type: ignore[assignment]
    if not known or b"death" in known:
        return
    if _lives(name, known):
        raise CommandError(f"A worker called {name} is running already: choose another --name.")
    connection.delete(key)
    reconcile.release(name)


def _lives(name: str, known: dict[bytes, bytes]) -> bool:
    """Whether a worker that rq knows is at work. On this machine, its process tells; on another, its last sign."""
    host, pid = known.get(b"hostname", b"").decode(), known.get(b"pid", b"").decode()
    if host != socket.gethostname():
        return bool(Worker.objects.alive().filter(name=name).exists())
    words = Path(f"/proc/{pid}/cmdline")
    if pid == str(os.getpid()) or not pid.isdigit():
        return False  # in a container that started again, processes get the same numbers
    try:
        return b"worker" in words.read_bytes()
    except OSError:
        return False

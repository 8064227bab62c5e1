"""Are all parts of a running Stylesite there?"""

import uuid
from collections.abc import Callable

import django_rq
import rq
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from gallery.models import Render
from gallery.queueing.queue import QUEUE

SILENT_AFTER = 75  # seconds; a worker reports every five, unless a locked database keeps it waiting


class Missing(Exception):
    """A part is missing; the message says what is known."""


def report() -> dict[str, str]:
    """For each part "ok", or a few words about what is wrong."""
    parts: dict[str, Callable[[], None]] = {
        "database": _database,
        "queue": _queue,
        "storage": try_storage,
        "worker": _worker,
    }
    return {name: _verdict(check) for name, check in parts.items()}


def _verdict(check: Callable[[], None]) -> str:
    try:
        check()
    except Missing as error:
        return str(error)
    except Exception as error:
        return f"not reachable ({type(error).__name__})"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    Render.objects.exists()


def _queue() -> None:
    django_rq.get_connection(QUEUE).ping()


def try_storage() -> None:
    """Writes, reads and deletes a file. Raises Missing, or what the storage raises."""
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ok"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"ok":
                raise Missing("what was written is not what was read")
    finally:
        default_storage.delete(name)


def _worker() -> None:
    now = timezone.now()
    for worker in rq.Worker.all(connection=django_rq.get_connection(QUEUE)):
        heard = worker.last_heartbeat
        if heard and (now - heard).total_seconds() < SILENT_AFTER:
            return
    raise Missing("no worker is running")

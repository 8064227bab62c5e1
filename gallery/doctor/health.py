"""Are all parts of a running Stylesite there? Cheap enough for anybody to ask every second.

It writes nothing, and reads what workers write on their own rows. The doctor checks more.
"""

from collections.abc import Callable

import django_rq

from gallery.models import Render, Worker
from gallery.queueing.connection import QUEUE


class Missing(Exception):
    """A part is missing; the message says what is known."""


def report() -> dict[str, str]:
    """For each part "ok", or a few words about what is wrong."""
    parts: dict[str, Callable[[], None]] = {"database": _database, "queue": _queue, "worker": _worker}
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
    Render.objects.order_by().exists()


def _queue() -> None:
    django_rq.get_connection(QUEUE).ping()


def _worker() -> None:
    if not Worker.objects.alive().exists():
        raise Missing("no worker is running")

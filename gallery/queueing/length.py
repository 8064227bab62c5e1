"""How long the queue is, for a number on every page. It asks no Redis, so that pages do without one."""

from django.db import DatabaseError

from gallery.accounts.person import NOBODY
from gallery.models import Render
from gallery.queueing import answers

NAME = "length of the queue"


def length() -> int:
    """How many renders wait or are being painted; at most a moment old. 0 while the database is away."""
    try:
        return int(answers.remembered(NAME, _counted))
    except DatabaseError:
        return 0


def _counted() -> bytes:
    return str(Render.objects.visible_to(NOBODY).unfinished().filter(paused=False).count()).encode()

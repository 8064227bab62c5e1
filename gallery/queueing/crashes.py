"""What becomes of renders whose painting process crashed: they are painted again, but not for ever."""

import logging

from django.db import transaction

from gallery.models import Render, Status
from gallery.models.querysets import RenderQuerySet
from gallery.queueing import queue
from gallery.queueing.notes import with_halved

logger = logging.getLogger(__name__)
MOST_CRASHES = 5  # in a row, without getting further
MOST_HALVINGS = 3


def retry_after_crash(rows: RenderQuerySet, how: str) -> int:
    """Counts a crash on each of these renders in progress; gives their number.

    They wait again, but for those that crashed too often, which fail. `how` completes "the painting process ...".
    """
    with transaction.atomic():
        found = list(rows.select_for_update())
        for row in found:
            logger.warning("render %s: the painting process %s (attempt %s)", row.pk, how, row.attempt)
            number = row.crashes + 1
            if number < MOST_CRASHES:
                _wait_again(row, crashes=number)
            else:
                error = f"The painting process ended {number} times without getting further; the last time it {how}."
                _fail(row, error, crashes=number)
    return len(found)


def retry_with_less_memory(rows: RenderQuerySet) -> int:
    """The same for those whose painting process the kernel ended because memory ran out: it gets half next time."""
    with transaction.atomic():
        found = list(rows.select_for_update())
        for row in found:
            logger.warning("render %s: the painting process ran out of memory", row.pk)
            if row.memory_halvings < MOST_HALVINGS:
                _wait_again(row, memory_halvings=row.memory_halvings + 1, notes=with_halved(row.notes))
            else:
                _fail(row, "There was not enough memory, even for painting in small parts: choose a smaller size.")
    return len(found)


def got_further(row: Render) -> None:
    """The attempt that holds `row` has got further than any before it, so earlier crashes no longer count."""
    Render.objects.held_by_attempt(row).filter(crashes__gt=0).update(crashes=0)


def _wait_again(row: Render, **changes: object) -> None:
    if Render.objects.held_by_attempt(row).let_wait_again(**changes):
        transaction.on_commit(queue.issue_token)


def _fail(row: Render, error: str, **changes: object) -> None:
    Render.objects.held_by_attempt(row).end(Status.FAILED, error=error, **changes)

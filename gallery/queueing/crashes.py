"""What becomes of renders whose painting process ended without a word: they are painted again, but not for ever."""

import logging

from django.db import transaction

from gallery.models import Render, Status
from gallery.models.querysets import RenderQuerySet
from gallery.queueing import queue

logger = logging.getLogger(__name__)
MOST_CRASHES = 5  # in a row, without getting further
MOST_HALVINGS = 3
HALVED = (
    "The system ended the painting process for want of memory; it was painted with half the memory afterwards, so "
    "single strokes may differ."
)


def retry_after_crash(rows: RenderQuerySet, how: str) -> int:
    """Counts a death on each of these renders in progress; gives their number.

    They wait again, but for those that died too often, which fail. `how` completes "the painting process ...".
    """
    with transaction.atomic():
        found = list(rows.select_for_update())
        for row in found:
            logger.warning("render %s: the painting process %s (attempt %s)", row.pk, how, row.attempt)
            died = row.crashes + 1
            if died < MOST_CRASHES:
                _wait_again(row, crashes=died)
            else:
                error = f"The painting process ended {died} times without getting further; the last time it {how}."
                _fail(row, error, crashes=died)
    return len(found)


def retry_with_less_memory(rows: RenderQuerySet) -> int:
    """The same for a painting process that the kernel ended for want of memory: it gets half of it next time."""
    with transaction.atomic():
        found = list(rows.select_for_update())
        for row in found:
            logger.warning("render %s: the painting process was ended for want of memory", row.pk)
            if row.memory_halvings < MOST_HALVINGS:
                notes = row.notes if HALVED in row.notes else [*row.notes, HALVED]
                _wait_again(row, memory_halvings=row.memory_halvings + 1, notes=notes)
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

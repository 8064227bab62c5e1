"""Previews in the studio: renders that pass.

A preview is a row as long as it waits or is painted. It is claimed before all else, nobody but its studio sees it, and
nothing of it is published: its picture is in its progress, and what it has painted is among the checkpoints, from which
a larger render of the same recipe goes on. It goes once it is painted, once its tab asks for another one, and when its
tab falls silent.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gallery.accounts.person import Person
from gallery.models import Render, Status
from gallery.pictures import passing
from gallery.queueing import progress, queue
from gallery.queueing.deletion import delete_render
from gallery.queueing.needs import Needs, why_nobody_can
from gallery.queueing.order import Order
from gallery.queueing.progress import Progress
from gallery.queueing.workers import live_workers

WANTED_FOR = datetime.timedelta(seconds=15)  # without being asked for
NOTED_EVERY = datetime.timedelta(seconds=5)
MOST = 3  # of one person at a time


@dataclass(frozen=True)
class Seen:
    """How a preview is: "waiting", "painting", "done", "failed", or "gone". `why` says why it waits or has failed."""

    state: str
    why: str = ""
    progress: Progress | None = None


def begin(order: Order, person: Person, tab: str) -> Render:
    """A new preview, in place of the one that this tab of the person's has, and of their oldest if they have many."""
    forget_unwanted()
    passing.forget_unwanted()
    own = Render.objects.passing().belonging_to(person)
    with transaction.atomic():
        superseded = [*own.filter(tab=tab), *own.exclude(tab=tab).order_by("-place")[MOST - 1 :]]
        for each in superseded:
            delete_render(each)
        return queue.submit(order, person, pair=None, tab=tab, wanted_until=timezone.now() + WANTED_FOR)


def look(preview: uuid.UUID, person: Person) -> Seen:
    """How a preview of this person's is; whoever looks wants it to go on."""
    row = Render.objects.passing().belonging_to(person).filter(pk=preview).first()
    found = progress.read(preview)
    if row is None:
        return Seen("done", progress=found) if found is not None and found.fraction >= 1 else Seen("gone")
    _note_wanted(row)
    if row.status == Status.FAILED:
        return Seen("failed", row.error)
    if row.status == Status.PENDING:
        return Seen("waiting", why_nobody_can(Needs.of(row), live_workers()), found)
    return Seen("painting", progress=found)


def stop(person: Person, tab: str) -> None:
    """Ends the preview of this tab of the person's."""
    for each in Render.objects.passing().belonging_to(person).filter(tab=tab):
        delete_render(each)


def finish(row: Render) -> bool:
    """Ends a preview that is painted, if this attempt still holds it; its last picture stays in its progress."""
    with transaction.atomic():
        held = Render.objects.held_by_attempt(row).select_for_update().first()
        if held is not None:
            delete_render(held, shown_on=True)
    return held is not None


def forget_unwanted() -> int:
    """Deletes previews whose tabs have fallen silent; gives their number."""
    silent = list(Render.objects.passing().filter(wanted_until__lt=timezone.now()))
    for each in silent:
        delete_render(each)
    return len(silent)


def _note_wanted(row: Render) -> None:
    """One UPDATE every few seconds."""
    now = timezone.now()
    until = now + WANTED_FOR
    Render.objects.passing().filter(pk=row.pk, wanted_until__lt=until - NOTED_EVERY).update(wanted_until=until)

"""A worker with nothing else to do helps with films that others make: it paints some of their segments."""

import contextlib
import logging
import time

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from gallery.models import Render, Segment
from gallery.painting.heartbeat import LOOK_EVERY, RENEW_EVERY, is_told_to_stop
from gallery.painting.local import Local
from gallery.painting.paint import film_of
from gallery.painting.sharing import SharedDesk
from gallery.queueing.needs import doable_by
from gallery.queueing.trouble import DATABASE_TROUBLE
from gallery.queueing.workers import reported

logger = logging.getLogger(__name__)


def help_with_films(worker: str) -> bool:
    """Paints segments until there are none, or something else is to be done; whether there were any. What goes wrong
    is in the log: whoever makes the film meets it too."""
    has_helped = False
    try:
        while not is_told_to_stop() and (row := film_to_help_with(worker)) is not None:
            has_helped = True
            if not _paint_free_segments(row, worker):
                break
    except Exception:
        logger.exception("worker %s helps no more", worker)
    return has_helped


def film_to_help_with(worker: str) -> Render | None:
    """The film that was begun first of those that have segments for this worker; None while renders wait."""
    doable = doable_by(reported(worker))
    if Render.objects.claimable().filter(doable).exists():
        return None
    free = Exists(Segment.objects.free().filter(render=OuterRef("pk")))
    return Render.objects.running().with_pictures().filter(doable, free, paused=False, keep=False).first()


def _paint_free_segments(row: Render, worker: str) -> bool:
    """Paints the segments that are free; False where something else is to be done before all are."""
    local, work = Local(), _Work(row)
    film, looked = film_of(row, local), time.monotonic()
    desk = film.desk = SharedDesk(row, local)
    try:
        for _ in film.help(settings.MEMORY >> row.memory_halvings):
            if not is_told_to_stop() and time.monotonic() - looked < LOOK_EVERY:
                continue
            looked = time.monotonic()
            work.count_now_and_then()
            if is_told_to_stop() or not _goes_on(row, worker):
                desk.give_back()
                return False
        return True
    finally:
        work.count()


class _Work:
    """The seconds that this worker helps with a film, which count as painted, as those of its maker do."""

    def __init__(self, row: Render) -> None:
        self.row, self.counted = row, time.monotonic()

    def count_now_and_then(self) -> None:
        """A worker that is killed loses no more than a heartbeat would."""
        if time.monotonic() - self.counted >= RENEW_EVERY:
            self.count()

    def count(self) -> None:
        """On the film's row, since its lease may be gone by now; later where the database is away."""
        now = time.monotonic()
        with contextlib.suppress(*DATABASE_TROUBLE):
            more = F("painted_seconds") + (now - self.counted)
            Render.objects.filter(pk=self.row.pk).update(painted_seconds=more, last_painted=timezone.now())
            self.counted = now


def _goes_on(row: Render, worker: str) -> bool:
    """Whether the film is still made, and no render waits for this worker."""
    with contextlib.suppress(*DATABASE_TROUBLE):
        waits = Render.objects.claimable().filter(doable_by(reported(worker))).exists()
        return not waits and Render.objects.held_by_attempt(row).filter(paused=False).exists()
    return True

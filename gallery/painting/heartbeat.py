"""The heartbeat of a render while it is painted: renewing its lease, and noticing when to stop.

A render is asked about several times a second, also between the parts of one iteration, so a look costs one query and
happens at most every LOOK_EVERY seconds. What cannot be asked because the database is locked or away counts as
unchanged, until the lease would have run out: by then somebody else may have the row.
"""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from django.db.models import Exists

from gallery.models import Render
from gallery.models.leases import LEASE_LASTS
from gallery.models.querysets import RenderQuerySet
from gallery.queueing.needs import Needs, can_do, doable_by
from gallery.queueing.trouble import DATABASE_TROUBLE
from gallery.queueing.workers import LiveWorker, live_workers, reported

logger = logging.getLogger(__name__)
LOOK_EVERY, LOOK_AT_PREVIEW_EVERY = 0.4, 0.15  # seconds
RENEW_EVERY = 10.0
_told_to_stop = False


class Reason(StrEnum):
    """Why painting stops before the end. LOST: the row was cancelled, deleted or taken over. KEPT: what there is of
    the picture is good enough, and is to be published. BROKEN: something unforeseen happened."""

    LOST = "lost"
    TOLD_TO_STOP = "told to stop"
    KEPT = "kept"
    PAUSED = "paused"
    STEPPING_ASIDE = "stepping aside"
    YIELDING = "making room for a preview"
    BROKEN = "something unforeseen"


def lets_go(reason_to_stop: Callable[[], str | None]) -> bool:
    """Whether there is a reason now to let the row go as it is, so that there is no use in trying anything again."""
    return reason_to_stop() not in (None, Reason.KEPT)


def stop_soon(signum: int, frame: object) -> None:
    """A signal handler: whoever asks next is told to stop."""
    global _told_to_stop
    _told_to_stop = True


def is_told_to_stop() -> bool:
    """Whether this process was told to stop."""
    return _told_to_stop


class Heartbeat:
    """One attempt's, for as long as it holds its row. Make it right after the claim, which gave the first lease."""

    def __init__(self, row: Render) -> None:
        self.row = row
        self._look_every = LOOK_AT_PREVIEW_EVERY if row.passes else LOOK_EVERY
        self._reason: Reason | None = None
        self._looked = 0.0
        self._in_trouble = False
        self._note_renewal()

    def reason_to_stop(self) -> Reason | None:
        """Why to stop painting now, or None; cheap enough to be asked between two tiles."""
        if _told_to_stop:
            return Reason.TOLD_TO_STOP
        if self._reason in (None, Reason.KEPT) and time.monotonic() - self._looked >= self._look_every:
            self._reason = self._look()
            self._looked = time.monotonic()
        return self._reason

    def settle(self) -> None:
        """Renews the lease and counts the work done so far, if the database can be reached."""
        try:
            self._renew()
        except DATABASE_TROUBLE as error:
            self._say_once(error)

    @cached_property
    def _worker(self) -> LiveWorker:
        return reported(self.row.worker)

    def _look(self) -> Reason | None:
        try:
            reason = self._reason_of_the_row()
        except DATABASE_TROUBLE as error:
            self._say_once(error)
            return Reason.LOST if time.monotonic() - self._renewed > LEASE_LASTS.total_seconds() else None
        self._in_trouble = False
        return reason

    def _reason_of_the_row(self) -> Reason | None:
        if self._renewal_is_due():
            return self._reason if self._renew() else Reason.LOST
        mine = Render.objects.claimable().filter(doable_by(self._worker))
        waits = {"preview_waits": Exists(mine.passing()), "small_waits": Exists(mine.lasting().small())}
        held = Render.objects.held_by_attempt(self.row).annotate(**waits)
        state = held.values("keep", "paused", *waits).first()
        if state is None:
            return Reason.LOST
        if state["keep"]:
            return Reason.KEPT
        if state["paused"]:
            return Reason.PAUSED
        if state["preview_waits"] and self._should_yield():
            return Reason.YIELDING
        return Reason.STEPPING_ASIDE if state["small_waits"] and self._should_step_aside() else None

    def _should_yield(self) -> bool:
        """Whether a preview is next, every worker that can do it is busy, and this is the longest running render."""
        preview = Render.objects.awaited().filter(doable_by(self._worker)).first()
        return preview is not None and not self.row.passes and self._is_first_of(Render.objects.held(), preview)

    def _should_step_aside(self) -> bool:
        """Whether a small one is next, large ones keep every worker that can do it, and this is the longest running."""
        if self.row.is_small:
            return False
        # Were it of lower priority, this render would be claimed again at once.
        following = Render.objects.waiting().filter(doable_by(self._worker)).first()
        if following is None or not following.is_small or following.priority < self.row.priority:
            return False
        return self._is_first_of(Render.objects.running().large(), following)

    def _is_first_of(self, busy: RenderQuerySet, following: Render) -> bool:
        """Whether what is `busy` keeps every worker that can do `following`, and this is its longest running render."""
        alive, needed = live_workers(), Needs.of(following)
        others = [each.name for each in alive if not can_do(each, needed)]
        keeping = busy.exclude(worker__in=others)
        longest = keeping.lasting().values_list("pk", flat=True).first()
        return keeping.count() >= len(alive) - len(others) and longest == self.row.pk

    def _renewal_is_due(self) -> bool:
        """By either clock: the monotonic one stands still while a laptop sleeps, the other one may be set back."""
        by_the_wall = abs(time.time() - self._renewed_by_the_wall)
        return max(time.monotonic() - self._renewed, by_the_wall) >= RENEW_EVERY

    def _renew(self) -> bool:
        """One conditional UPDATE: the fence, a new lease, and the seconds since the last one. False when it is lost."""
        renewed = Render.objects.held_by_attempt(self.row).renew_lease(time.monotonic() - self._renewed)
        if renewed:
            self._note_renewal()
        return bool(renewed)

    def _note_renewal(self) -> None:
        self._renewed, self._renewed_by_the_wall = time.monotonic(), time.time()

    def _say_once(self, error: Exception) -> None:
        if not self._in_trouble:
            logger.warning("render %s goes on, though the database cannot be asked: %s", self.row.pk, error)
        self._in_trouble = True

"""A painting process that goes on with what comes next, since it is warm.

On a processor it goes on with previews: forking another process takes most of a second. So a render that made room is
followed by the preview that it made room for, and a preview by the next one: whoever moves a slider moves it again. It
waits for that while there is nothing else to do, and for a moment where only renders wait that have made room already:
what makes room again has to be taken up again.

On an accelerator it goes on with whatever is next in the queue: starting CUDA and its libraries takes seconds, which is
longer than most renders. It ends once nothing has waited for some minutes, so that the accelerator's memory is
free for others, and after an hour, so that nothing leaks for long. It ends at once where something unforeseen has
happened in it or the device answers no more, so that what one render has spoilt is never charged to another.
"""

import gc
import math
import time
from collections.abc import Callable

from gallery.models import Render
from gallery.painting import heartbeat
from gallery.painting.heartbeat import Reason
from gallery.painting.helping import help_with_films
from gallery.queueing import queue
from gallery.queueing.trouble import DATABASE_TROUBLE
from transfer.devices import is_accelerated, release_unused_memory
from transfer.process import release_freed_memory

LINGERS, LINGERS_BESIDE_OTHERS = 30.0, 2.0  # seconds, for a preview
LINGERS_ON_AN_ACCELERATOR = 180.0  # seconds, for anything
LASTS = 3600.0  # seconds, after which it takes nothing but previews
LOOK_EVERY, LOOK_FOR_FILMS_EVERY = 0.08, 1.0


class Lingering:
    """What the painting process of a worker goes on with. `claim` takes the next render, or, given True, preview."""

    def __init__(self, worker: str, claim: Callable[[bool], Render | None]) -> None:
        self.worker, self.claim = worker, claim
        self._takes_all_until = time.monotonic() + LASTS

    def next_one(self, row: Render, reason: Reason | None) -> Render | None:
        """What follows `row`, which was let go for `reason`; None where the process is to end."""
        if reason == Reason.BROKEN or heartbeat.is_told_to_stop():
            return None
        takes_all = time.monotonic() < self._takes_all_until and is_accelerated()
        if not (takes_all or row.passes or reason == Reason.YIELDING):
            return None
        if not row.passes:
            _let_memory_go()
        try:
            found = self._next_of_all(row) if takes_all else self._next_preview(row)
        except DATABASE_TROUBLE:
            return None  # whoever has its token takes it once the database answers
        queue.drop_spare_tokens()
        return found

    def _next_preview(self, row: Render) -> Render | None:
        if (found := self.claim(True)) is not None or not row.passes:
            return found
        began = time.monotonic()
        while not heartbeat.is_told_to_stop():
            waiting = Render.objects.claimable()
            lingers = LINGERS_BESIDE_OTHERS if waiting.filter(yielded=True).exists() else LINGERS
            if time.monotonic() - began >= lingers or waiting.filter(yielded=False).lasting().exists():
                return None
            time.sleep(LOOK_EVERY)
            if (found := self.claim(True)) is not None:
                return found
        return None

    def _next_of_all(self, row: Render) -> Render | None:
        began = worked = time.monotonic()
        looked_for_films = -math.inf
        while not heartbeat.is_told_to_stop():
            waiting, now = Render.objects.claimable(), time.monotonic()
            if waiting.exists():
                if not is_accelerated():
                    return None
                has_patience = row.passes and now - began < LINGERS_BESIDE_OTHERS
                if (found := self.claim(has_patience and not waiting.filter(yielded=False).exists())) is not None:
                    return found
            if now - looked_for_films >= LOOK_FOR_FILMS_EVERY:
                if help_with_films(self.worker):
                    worked = time.monotonic()
                looked_for_films = time.monotonic()
            if now - worked >= LINGERS_ON_AN_ACCELERATOR:
                return None
            time.sleep(LOOK_EVERY)
        return None


def _let_memory_go() -> None:
    """That of a large render."""
    gc.collect()
    release_freed_memory()
    release_unused_memory()

"""A painting process that goes on with previews: it is warm, and forking another one takes most of a second.

So a render that made room is followed by the preview that it made room for, and a preview by the next one: whoever
moves a slider moves it again. It waits for that while there is nothing else to do, and for a moment where only renders
wait that have made room already: what makes room again has to be taken up again.
"""

import gc
import time
from collections.abc import Callable

from gallery.models import Render
from gallery.painting import heartbeat
from gallery.painting.heartbeat import DATABASE_TROUBLE, Reason
from gallery.queueing import queue
from transfer.process import release_freed_memory

LINGERS, LINGERS_BESIDE_OTHERS = 30.0, 2.0  # seconds
LOOK_EVERY = 0.08


def next_preview(row: Render, reason: Reason | None, claim: Callable[[], Render | None]) -> Render | None:
    """The preview that follows `row`, which was let go for `reason`, as `claim` takes it; None where none does."""
    if not (row.passes or reason == Reason.YIELDING):
        return None
    if not row.passes:
        gc.collect()  # of a large render
        release_freed_memory()
    try:
        found = claim()
        if found is None and row.passes:
            found = _wait(claim)
            if found is None:
                queue.drop_spare_tokens()
        return found
    except DATABASE_TROUBLE:
        return None  # whoever has its token takes it once the database answers


def _wait(claim: Callable[[], Render | None]) -> Render | None:
    began = time.monotonic()
    while not heartbeat.is_told_to_stop():
        waiting = Render.objects.claimable()
        lingers = LINGERS_BESIDE_OTHERS if waiting.filter(yielded=True).exists() else LINGERS
        if time.monotonic() - began >= lingers or waiting.filter(yielded=False).lasting().exists():
            return None
        time.sleep(LOOK_EVERY)
        if (found := claim()) is not None:
            return found
    return None

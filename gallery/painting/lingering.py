"""A painting process that goes on with previews: it is warm, and to fork another one takes most of a second.

So a large render that made room is followed by the preview that it made room for, and a preview by the next one, as
long as nothing else waits: whoever moves a slider moves it again.
"""

import gc
import time
from collections.abc import Callable

from gallery.models import Render
from gallery.painting import heartbeat
from gallery.painting.heartbeat import DATABASE_TROUBLE, Reason
from transfer.process import release_freed_memory

LINGERS = 30.0  # seconds
LOOK_EVERY = 0.08


def next_preview(row: Render, reason: Reason | None, claim: Callable[[], Render | None]) -> Render | None:
    """The preview that follows `row`, which was let go for `reason`, as `claim` takes it; None where none does."""
    if not (row.passes or reason == Reason.YIELDING):
        return None
    gc.collect()
    release_freed_memory()
    until = time.monotonic() + (LINGERS if row.passes else 0.0)
    try:
        while not heartbeat.is_told_to_stop():
            if (found := claim()) is not None:
                return found
            if time.monotonic() >= until or Render.objects.claimable().exists():
                return None
            time.sleep(LOOK_EVERY)
    except DATABASE_TROUBLE:
        return None  # whoever has its token takes it once the database answers
    return None

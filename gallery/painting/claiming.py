"""The worker's side of the queue: claim, render, publish. process.py has the process around it.

What `work_on_next` does with a token:

1. Claim the next waiting row that this worker can do, by one conditional UPDATE, which also counts the attempt up and
   gives a lease. Previews in studios go first. Where only others can do what waits, issue the token again.
2. Paint it, renewing the lease and looking a few times a second whether to stop (heartbeat.py).
3. Publish the output by an UPDATE that requires the same attempt: the fence. An attempt that lost the row (it was
   cancelled, deleted, or handed to another worker) changes nothing and leaves no file.
4. Where painting fails, record the reason on the row; where it is to stop, hand the row back.
5. Throw away checkpoints that are old, or too many.
6. Go on with a preview, if one waits for this worker, or is likely to come; on an accelerator, with whatever is next
   (lingering.py).
7. Where nothing waits, help with films that others make (helping.py).

A database or a storage that is away for a while is waited for. If it stays away, the row is handed back as if the
process had crashed.
"""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gallery.browsing.search import words_of
from gallery.models import Lease, Render, Status, Worker
from gallery.models.querysets import RenderQuerySet
from gallery.painting.checkpoints import prune_stored
from gallery.painting.following import Stopped
from gallery.painting.heartbeat import Heartbeat, Reason, lets_go
from gallery.painting.helping import help_with_films
from gallery.painting.lingering import Lingering
from gallery.painting.paint import Painted, paint
from gallery.painting.retrying import retrying
from gallery.pictures import blobs, films, maps, thumbnails
from gallery.queueing import crashes, deletion, previews, progress, queue
from gallery.queueing.needs import doable_by
from gallery.queueing.trouble import DATABASE_TROUBLE, TROUBLE
from gallery.queueing.workers import reported
from transfer.devices import describe, is_lost, resolve, why_not_the_gpu
from transfer.errors import DeviceError, TransferError

logger = logging.getLogger(__name__)


def work_on_next() -> None:
    """What a token asks for: takes the next waiting render, if any is left, and sees it through."""
    worker = os.environ.get("RQ_WORKER_ID", "by hand")
    row = retrying(lambda: claim(worker), "claiming a render")
    if row is None and Render.objects.claimable().exists():
        queue.issue_token()  # for another worker; this one takes none until there is something for it
    lingering = Lingering(worker, partial(claim, worker))
    while row is not None:
        reason = see_through(row)
        row = lingering.next_one(row, reason)
    help_with_films(worker)


def claim(worker: str, previews_only: bool = False) -> Render | None:
    """The next waiting render that `worker` can do, now held by it under a new attempt number; None without one."""
    doable = doable_by(reported(worker))
    while True:
        found = (rows.filter(doable).values_list("pk", flat=True).first() for rows in _next_ones(previews_only))
        candidate = next((pk for pk in found if pk is not None), None)
        if candidate is None:
            return None
        now = timezone.now()
        with transaction.atomic():
            taken = Render.objects.claimable().filter(pk=candidate).update(
                status=Status.IN_PROGRESS, attempt=F("attempt") + 1, worker=worker, started=now, last_painted=now,
                error="", yielded=False,
            )  # fmt: skip
            if taken:
                Lease.objects.give(candidate)
        if taken:
            return Render.objects.with_pictures().get(pk=candidate)


def _next_ones(previews_only: bool) -> Iterator[RenderQuerySet]:
    """What may be taken, in order: previews, then all else."""
    yield Render.objects.awaited()
    if not previews_only:
        yield Render.objects.waiting()


def see_through(row: Render) -> Reason | None:
    """Paints a claimed row and does with it what came of that. Gives the reason for which it stopped early, if any.

    Where something unforeseen has happened, that is Reason.BROKEN: this process should paint no more.
    """
    heartbeat = Heartbeat(row)
    finish, is_sound = _paint(row, heartbeat)
    heartbeat.settle()
    reason = heartbeat.reason_to_stop()
    try:
        finish()
    except TROUBLE as error:
        logger.exception("render %s could not be finished", row.pk)
        _give_up(row, heartbeat, error)
        is_sound = False
    # The last frame of what was handed back stays for a while: should it be cancelled now, that is kept of it. That of
    # a finished preview stays too: it is all that comes of it, and its row is gone.
    if not row.passes:
        reason = reason or heartbeat.reason_to_stop()
    if reason in (None, Reason.KEPT, Reason.LOST):
        if not row.passes or reason == Reason.LOST:
            progress.forget(row.pk)
        _prune()
    return reason if is_sound else Reason.BROKEN


def publish(row: Render, painted: Painted) -> bool:
    """Stores the output and completes the row, if this attempt still holds it; otherwise does nothing."""
    encoded, words = thumbnails.encode(painted.picture), words_of(row)
    with blobs.storing():
        held = Render.objects.held_by_attempt(row)
        if not held.select_for_update().exists():
            return False
        _store_frames(row, painted)
        deletion.delete_segments(row.segments.all())  # the film has what was in them
        held.end(
            Status.COMPLETED,
            crashes=0,
            notes=[*row.notes, *(note for note in painted.notes if note not in row.notes)],
            output=blobs.store("renders", painted.file, ".png"),
            output_sha256=blobs.digest(painted.file),
            width=painted.picture.width,
            height=painted.picture.height,
            provenance=painted.provenance.model_dump(mode="json"),
            curve=painted.curve,
            palette=painted.palette,
            words=words,
            **maps.stored(painted.maps),
            **films.stored(painted.film),
            **encoded.store().fields(),
        )
    return True


def _store_frames(row: Render, painted: Painted) -> None:
    """Stores what the rungs looked like."""
    row.frames.all().delete()
    for place, frame in enumerate(painted.frames):
        name = blobs.store("frames", frame.file, ".webp")
        row.frames.create(place=place, file_id=name, width=frame.width, height=frame.height)


def fail(row: Render, reason: str) -> None:
    """Records why a render failed, if this attempt still holds it."""
    Render.objects.held_by_attempt(row).end(Status.FAILED, error=reason[:500])


def hand_back(row: Render, yielded: bool = False) -> None:
    """Lets a render that this attempt holds wait again, with a token for whoever comes next."""
    if Render.objects.held_by_attempt(row).let_wait_again(yielded=yielded):
        queue.issue_token()


def _paint(row: Render, heartbeat: Heartbeat) -> tuple[Callable[[], object], bool]:
    """Paints, and gives what is to be done with the row then, and whether all that happened was foreseen.

    What is to be done is retried while it fails.
    """
    try:
        _tell_device(row.worker)
        painted = paint(row, heartbeat.reason_to_stop)
        if row.passes:
            return partial(retrying, lambda: previews.finish(row), f"finishing preview {row.pk}"), True
        is_pointless = partial(lets_go, heartbeat.reason_to_stop)
        return partial(retrying, lambda: publish(row, painted), f"publishing render {row.pk}", is_pointless), True
    except Stopped as stopped:
        logger.info("render %s stops: %s", row.pk, stopped)
        yields = stopped.args == (Reason.YIELDING,)
        return partial(retrying, lambda: hand_back(row, yields), f"handing back render {row.pk}"), True
    except Exception as error:
        if isinstance(error, OSError) or _has_lost_the_device(error):
            return partial(_give_up, row, heartbeat, error), False
        reason, is_foreseen = _why(row, error), isinstance(error, TransferError)
        return partial(retrying, lambda: fail(row, reason), f"failing render {row.pk}"), is_foreseen


def _has_lost_the_device(error: Exception) -> bool:
    return isinstance(error, DeviceError) or is_lost(error)


def _why(row: Render, error: Exception) -> str:
    if isinstance(error, TransferError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There was not enough memory for this size: choose a smaller one."
    logger.error("render %s failed", row.pk, exc_info=error)
    kind = type(error).__name__
    return f"Something unforeseen went wrong while painting ({kind}); the worker's log has more."


def _give_up(row: Render, heartbeat: Heartbeat, error: Exception) -> None:
    """What could not be finished waits again, and not for ever, unless it was stopped anyway."""
    how = f"could not reach the storage or the database ({type(error).__name__})"
    if _has_lost_the_device(error):
        how = "lost its device"
    try:
        if lets_go(heartbeat.reason_to_stop):
            hand_back(row)
        else:
            crashes.retry_after_crash(Render.objects.held_by_attempt(row), how)
    except TROUBLE:
        logger.exception("render %s waits until its lease has run out", row.pk)


def _prune() -> None:
    """Nothing that goes wrong with checkpoints is a reason to fail a render."""
    try:
        prune_stored()
    except Exception:
        logger.exception("checkpoints could not be pruned")


def _tell_device(worker: str) -> None:
    """The parent may not run torch, so the painting process says what it paints on."""
    if reason := why_not_the_gpu():
        logger.warning("%s", reason)
    device = describe(resolve())[:200]
    with contextlib.suppress(*DATABASE_TROUBLE):
        Worker.objects.filter(name=worker).exclude(device=device).update(device=device)

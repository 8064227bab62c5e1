"""The worker's side of the queue: claim, render, publish.

What `work_on_next` does with a token:

1. Claim the next waiting row by one conditional UPDATE, which also counts the attempt up.
2. Paint it, looking a few times a second whether the row is still this attempt's.
3. Publish the output by an UPDATE that requires the same attempt: the fence. An attempt that lost the row (it was
   cancelled, deleted, or handed to another worker) changes nothing and leaves no file.
4. Where painting fails, record the reason on the row; where the worker is told to stop, hand the row back.
"""

import logging
import os
import signal
from typing import Any

from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone
from rq import Worker
from rq.job import Job
from rq.queue import Queue

from gallery import blobs, progress, queue, thumbnails
from gallery.models import Render, Status
from gallery.painter import Painted, Stopped, paint
from gallery.parts import end_with_parent
from transfer.errors import TransferError
from transfer.process import keep_freed_memory

logger = logging.getLogger(__name__)
MAINTENANCE_INTERVAL = 30
WORKER_TTL = 45
_told_to_stop = False


def work_on_next() -> None:
    """What a token asks for: takes the next waiting render, if any is left, and sees it through."""
    row = claim(os.environ.get("RQ_WORKER_ID", "by hand"))
    if row is not None:
        see_through(row)


def claim(worker: str) -> Render | None:
    """The next waiting render, now held by `worker` under a new attempt number; None when none waits."""
    while True:
        candidate = Render.objects.waiting().values_list("pk", flat=True).first()
        if candidate is None:
            return None
        taken = Render.objects.filter(pk=candidate, status=Status.PENDING).update(
            status=Status.IN_PROGRESS, attempt=F("attempt") + 1, worker=worker, started=timezone.now(), error=""
        )
        if taken:
            return Render.objects.with_pictures().get(pk=candidate)


def see_through(row: Render) -> None:
    """Paints a claimed row and publishes what came of it."""
    try:
        painted = paint(row, wanted=lambda: not _told_to_stop and Render.objects.held_by_attempt(row).exists())
        publish(row, painted)
    except Stopped:
        hand_back(row)
    except TransferError as error:
        fail(row, str(error))
    except MemoryError:
        fail(row, "There was not enough memory for this size: choose a smaller one.")
    except Exception as error:
        logger.exception("render %s failed", row.id)
        fail(
            row, f"Something unforeseen went wrong while painting ({type(error).__name__}); the worker's log has more."
        )
    finally:
        progress.forget(row.id)


def publish(row: Render, painted: Painted) -> bool:
    """Stores the output and completes the row, if this attempt still holds it; otherwise does nothing."""
    with transaction.atomic():
        held = Render.objects.held_by_attempt(row)
        if not held.select_for_update().exists():
            return False
        stored = blobs.store("renders", painted.file, ".png")
        held.update(
            status=Status.COMPLETED,
            finished=timezone.now(),
            output=stored,
            output_sha256=blobs.digest(painted.file),
            width=painted.picture.width,
            height=painted.picture.height,
            provenance=painted.provenance.model_dump(mode="json"),
            **thumbnails.make(painted.picture).fields(),
        )
    return True


def fail(row: Render, reason: str) -> None:
    """Records why a render failed, if this attempt still holds it."""
    Render.objects.held_by_attempt(row).update(status=Status.FAILED, finished=timezone.now(), error=reason[:500])


def hand_back(row: Render) -> None:
    """Lets a render that this attempt holds wait again, with a token for whoever comes next."""
    if Render.objects.held_by_attempt(row).let_wait_again():
        queue.issue_token()


class RenderWorker(Worker):
    """An rq worker whose forked work-horse inherits torch already imported.

    The parent must never run a torch operation: torch's threads do not survive a fork.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"maintenance_interval": MAINTENANCE_INTERVAL, "worker_ttl": WORKER_TTL, **options})

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Forks with no open database connection, which two processes must not share."""
        connections.close_all()
        super().execute_job(job, queue)

    def setup_work_horse_signals(self) -> None:
        """The horse, told to stop, finishes its iteration and hands its render back."""
        super().setup_work_horse_signals()
        signal.signal(signal.SIGTERM, _stop_soon)
        end_with_parent()
        keep_freed_memory()

    def handle_warm_shutdown_request(self) -> None:
        """Passes a request to stop on to the horse; rq alone would wait until the render is finished."""
        if self.horse_pid:
            os.kill(self.horse_pid, signal.SIGTERM)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Forks; a request to stop that came just before there was a horse reaches it now."""
        super().fork_work_horse(job, queue)
        if self._shutdown_requested_date is not None:
            self.handle_warm_shutdown_request()

    def handle_work_horse_killed(self, job: Job, retpid: int, ret_val: int, rusage: Any) -> None:
        """A horse that was killed says nothing itself, so its parent records the reason on the row."""
        super().handle_work_horse_killed(job, retpid, ret_val, rusage)
        killed_by = signal.Signals(os.WTERMSIG(ret_val)).name if os.WIFSIGNALED(ret_val) else f"exit {ret_val >> 8}"
        reason = f"The painting process was killed ({killed_by})."
        if killed_by == "SIGKILL":
            reason += " If memory ran out, a smaller size will help."
        with transaction.atomic():
            for row in Render.objects.held_by(self.name):
                fail(row, reason)
                progress.forget(row.id)
        connections.close_all()


def _stop_soon(signum: int, frame: object) -> None:
    global _told_to_stop
    _told_to_stop = True

"""Makes the queue agree with the database after something crashed, was emptied or restarted."""

import logging
import socket
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from redis.exceptions import RedisError

from gallery.models import Render, Segment, Worker
from gallery.pictures import passing
from gallery.queueing import calibrating, crashes, deletion, previews, queue, removals
from gallery.queueing.trouble import TROUBLE
from gallery.queueing.workers import networks_here

logger = logging.getLogger(__name__)
SECONDS_FOR_DELETING = 2.0


def reconcile(worker: str) -> None:
    """What every worker does every few seconds, busy or idle.

    Renders of workers that were not heard of wait again, previews that nobody looks at go, and pictures of previews,
    what waits has tokens, this worker is known to live, and what people have asked to delete is deleted, in small parts
    so that no heartbeat is late. What was painted of films that are cancelled goes. A database that is locked, or a
    Redis or a storage that is away, is named in the log, and tried again the next time.
    """
    steps = (
        hand_back_stale,
        previews.forget_unwanted,
        passing.forget_unwanted,
        queue.issue_missing_tokens,
        lambda: register(worker),
        _delete_what_is_due,
        lambda: deletion.delete_segments(Segment.objects.given_up()),
    )
    for step in steps:
        try:
            step()
        except (RedisError, *TROUBLE) as error:
            logger.warning("worker %s will look after the queue again later: %s", worker, error)


def _delete_what_is_due() -> None:
    removals.carry_out_due(SECONDS_FOR_DELETING)


def hand_back_stale() -> int:
    """Lets renders wait again whose worker was not heard of for a whole lease; gives their number."""
    stale = Render.objects.stale()
    return crashes.retry_after_crash(stale, "was not heard of any more") if stale.exists() else 0


def register(worker: str) -> None:
    """Says that this worker lives, what it has and how fast it is; forgets those that were not heard of for a day."""
    now = timezone.now()
    told = {"seen": now, "memory": settings.MEMORY, "networks": sorted(networks_here())}
    first = {"host": socket.gethostname(), **told}
    row, _ = Worker.objects.update_or_create(name=worker, defaults=told, create_defaults=first)
    _tell_facts(row)
    Worker.objects.long_gone().delete()


def _tell_facts(row: Worker) -> None:
    """What was measured here, as soon as it is. The device is a guess until a painting process tells the real one."""
    device = row.device or calibrating.likely_device()
    facts = calibrating.facts(device)
    if (device, facts) != (row.device, row.facts):
        Worker.objects.filter(pk=row.pk, device=row.device).update(device=device, facts=facts)


def unregister(worker: str) -> None:
    """This worker ends in order, so it is not counted on for another minute."""
    Worker.objects.filter(name=worker).delete()


def release(worker: str) -> int:
    """Lets the renders wait again that a worker held which has crashed; gives their number.

    Should its painting process still be at work, the fence keeps that from publishing.
    """
    unregister(worker)
    return crashes.retry_after_crash(Render.objects.held_by(worker), "ended together with its worker")


def start_over(workers: Iterable[str]) -> None:
    """For a machine that starts again, on which these workers ran before, and none of them does now.

    What they held waits again at once, though their leases may not have run out. What others hold is left alone. All
    that waits has a token.
    """
    for worker in workers:
        unregister(worker)
        Render.objects.held_by(worker).let_wait_again()
    try:
        queue.issue_missing_tokens()
    except RedisError as error:
        logger.warning("the workers will issue tokens once the queue can be reached: %s", error)

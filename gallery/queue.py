"""The web's side of the queue: submit, cancel, position.

The row is the truth. A job in Redis is only a token that says "there is work": losing or doubling one is harmless.
"""

import logging

import django_rq
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from gallery.access import Ownership
from gallery.models import Pair, Picture, Render, Status
from transfer.recipe import Recipe

logger = logging.getLogger(__name__)
QUEUE = "renders"
JOB = "gallery.worker.work_on_next"
FAILED_TOKENS_KEPT = 24 * 3600


def submit(content: Picture, style: Picture, recipe: Recipe, owner: Ownership, parent: Render | None = None) -> Render:
    """A new waiting render of a pair, and a token for it once the row is committed."""
    with transaction.atomic():
        pair, _ = Pair.objects.get_or_create(content=content, style=style)
        render = Render.objects.create(
            pair=pair, recipe_json=recipe.model_dump(mode="json"), parent=parent, **owner.fields()
        )
        transaction.on_commit(issue_token)
    return render


def issue_token() -> None:
    """Tells the workers that there is work. Without Redis the row simply waits until tokens are issued anew."""
    try:
        queue = django_rq.get_queue(QUEUE, commit_mode="auto")
        queue.enqueue(JOB, job_timeout=-1, result_ttl=0, failure_ttl=FAILED_TOKENS_KEPT)
    except RedisError as error:
        logger.warning("a render waits without a token: the queue cannot be reached: %s", error)


def reissue_tokens() -> int:
    """One token for each waiting render; gives their number."""
    count = Render.objects.waiting().count()
    for _ in range(count):
        issue_token()
    return count


def cancel(render: Render) -> bool:
    """Ends a render that waits or runs; its worker notices and stops. False when it was over already."""
    changed = (
        Render.objects.unfinished()
        .filter(pk=render.pk)
        .update(status=Status.CANCELED, finished=timezone.now(), error="")
    )
    return bool(changed)


def position(render: Render) -> int | None:
    """The render's place among those that wait, 1 being the next; None when it does not wait."""
    if render.status != Status.PENDING:
        return None
    return Render.objects.ahead_of(render).count() + 1

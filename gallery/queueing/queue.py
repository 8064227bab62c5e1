"""What is asked of the queue: submit, pause, cancel, try again, move; and the tokens that tell of its work.

The row is the truth. A job in Redis is only a token that says "there is work": losing or doubling one is harmless.
"""

import logging
import time
from collections.abc import Mapping
from typing import Any

import django_rq
from django.db import transaction
from redis.exceptions import RedisError
from rq.job import Job

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, RenderInput, Segment, Status, StoredFile, Sweep
from gallery.models.querysets import RenderQuerySet
from gallery.pictures import blobs, passing
from gallery.queueing import deletion, progress
from gallery.queueing.connection import QUEUE
from gallery.queueing.needs import needs_of
from gallery.queueing.notes import without_halved
from gallery.queueing.order import Order
from gallery.queueing.trouble import DATABASE_TROUBLE
from transfer.inputs import Role
from transfer.kinds import kind_of

logger = logging.getLogger(__name__)
JOB = "gallery.painting.claiming.work_on_next"
FAILED_TOKENS_KEPT = 24 * 3600
BEHIND = 10 * 365 * 86_400.0  # added to `place`: after everything else that the same person submits


class Gone(Exception):
    """What a render was to be made of was deleted while it was asked for."""


def submit(order: Order, person: Person, **columns: object) -> Render:
    """A new waiting render, and a token for it once the row is committed. `columns` are what else its row has."""
    with transaction.atomic():
        _hold(order)
        if columns.get("wanted_until") is None:
            passing.keep(_pictures(order))
        _count_by_session(person)
        render = _create(order, person, **columns)
        transaction.on_commit(issue_token)
    return render


def submit_sweep(axes: list[dict[str, Any]], orders: list[Order], person: Person) -> Sweep:
    """A sweep and its waiting renders, row by row: all of them or none, and tokens once they are committed.

    They stand behind all other renders of the same person, also those that are submitted later.
    """
    with transaction.atomic():
        sweep = Sweep.objects.create(axes=axes, **person.fields())
        fill_sweep(sweep, dict(enumerate(orders)), person)
    return sweep


def fill_sweep(sweep: Sweep, orders: Mapping[int, Order], person: Person) -> None:
    """Waiting renders for these places of a sweep, and tokens once they are committed."""
    behind = time.time() + BEHIND
    with transaction.atomic():
        _hold(*orders.values())
        passing.keep(_pictures(*orders.values()))
        _count_by_session(person)
        for number, order in orders.items():
            _create(order, person, sweep=sweep, sweep_place=number, place=behind + number * 1e-3)
            transaction.on_commit(issue_token)


def _pictures(*orders: Order) -> set[Picture]:
    return {each.picture for order in orders for each in order.inputs if each.picture is not None}


def _hold(*orders: Order) -> None:
    """Until this transaction ends nobody deletes what these orders need. Raises Gone where somebody has done so."""
    pictures = {each.pk for each in _pictures(*orders)}
    files = {each.file for order in orders for each in order.inputs if each.file}
    held = Picture.objects.select_for_update(no_key=True).filter(pk__in=pictures).order_by("pk")
    needed = StoredFile.objects.select_for_update(no_key=True).filter(pk__in=files).order_by("pk")
    if len(held.values_list("pk")) < len(pictures) or len(needed.values_list("pk")) < len(files):
        raise Gone("One of the pictures was deleted in the meantime: choose another one.")


def _count_by_session(person: Person) -> None:
    """What a visitor asked for before their cookie came back counts as theirs now, and no more as their address's."""
    if person.visitor and not person.counted_as:
        Render.objects.filter(visitor=person.visitor).exclude(counted_as="").update(counted_as="")


def _create(order: Order, person: Person, **columns: object) -> Render:
    recipe_json = order.recipe.model_dump(mode="json")
    whose = {**person.fields(), "counted_as": person.counted_as}
    needed = needs_of(order.recipe, order.sizes).columns()
    columns.setdefault("is_long", kind_of(order.recipe).films)
    if "pair" not in columns:
        columns["pair"] = _pair(order)
    render = Render.objects.create(recipe_json=recipe_json, **needed, **columns, **whose)
    RenderInput.objects.bulk_create(
        RenderInput(render=render, role=each.role, place=each.place, picture=each.picture, file_id=each.file or None)
        for each in order.inputs
    )
    return render


def _pair(order: Order) -> Pair | None:
    """What groups the render with others; none where there is no content, or no style."""
    contents, styles = order.pictures(Role.CONTENT), order.styles
    return Pair.objects.get_or_create(content=contents[0], style=styles[0])[0] if contents and styles else None


def issue_token() -> None:
    """Tells the workers that there is work. Without Redis the row simply waits until tokens are issued again."""
    try:
        queue = django_rq.get_queue(QUEUE, commit_mode="auto")
        queue.enqueue(JOB, job_timeout=-1, result_ttl=0, failure_ttl=FAILED_TOKENS_KEPT)
    except RedisError as error:
        logger.warning("a render waits without a token: the queue cannot be reached: %s", error)


def issue_missing_tokens() -> int:
    """As many tokens as there are fewer of them than waiting renders, and one where a film needs help; their number.

    Raises RedisError when the queue cannot be reached.
    """
    missing = -_spare_tokens()
    for _ in range(missing):
        issue_token()
    return max(0, missing)


def drop_spare_tokens() -> None:
    """As many tokens as there are more of them than are needed, as after renders that were taken without one.

    What is committed meanwhile is counted already, or gets its token after this.
    """
    try:
        tokens = django_rq.get_queue(QUEUE)
        for _ in range(_spare_tokens()):
            if token := tokens.pop_job_id():
                tokens.connection.delete(Job.key_for(token))
    except (RedisError, *DATABASE_TROUBLE) as error:
        logger.warning("spare tokens stay: %s", error)


def _spare_tokens() -> int:
    """How many more tokens there are than waiting renders and one where a film needs help; below 0, how many fewer."""
    tokens = int(django_rq.get_queue(QUEUE).count)
    needs_help = Segment.objects.free().filter(render__status=Status.IN_PROGRESS).exists()
    return tokens - Render.objects.claimable().count() - needs_help


def cancel(render: Render) -> bool:
    """Ends a render that waits or runs; its worker notices and stops. False when it was over already.

    What it looked like last is kept, if it was being painted.
    """
    frame = progress.read_frame(render.pk)  # before its worker notices, and takes it away
    changed = Render.objects.unfinished().filter(pk=render.pk).end(Status.CANCELED, error="")
    if changed and frame is not None:
        _keep_last_picture(render, frame)
    if changed:
        progress.forget(render.pk)
        _drop_segments()
    return bool(changed)


def cancel_all(renders: RenderQuerySet) -> int:
    """Ends those of these renders that are not over; gives their number. Those that wait go first, at once."""
    ended = renders.filter(status=Status.PENDING).end(Status.CANCELED, error="")
    _drop_segments()
    return ended + sum(map(cancel, renders.running()))


def pause(render: Render) -> bool:
    """Lets a render wait until it is resumed; a worker that paints it notices and hands it back. False when over."""
    return bool(Render.objects.unfinished().filter(pk=render.pk).update(paused=True))


def resume(render: Render) -> bool:
    """Lets a paused render be taken again. False when it was not paused."""
    with transaction.atomic():
        resumed = Render.objects.unfinished().filter(pk=render.pk, paused=True).update(paused=False)
        if resumed:
            transaction.on_commit(issue_token)
    return bool(resumed)


def keep(render: Render) -> bool:
    """Has what a render shows published instead of all that was asked for. False when it shows nothing, or is over.

    A worker that paints it notices; one that waits or is paused is published by whoever takes it next.
    """
    if not render.was_painted and progress.read(render.pk) is None:
        return False
    with transaction.atomic():
        kept = Render.objects.unfinished().filter(pk=render.pk, keep=False).update(keep=True, paused=False)
        if kept:
            transaction.on_commit(issue_token)
    return bool(kept)


def retry(render: Render) -> bool:
    """Lets a render that failed or was cancelled wait once more. False when it is neither."""
    return bool(retry_all(Render.objects.filter(pk=render.pk)))


def retry_all_failed(among: RenderQuerySet) -> int:
    """Lets all of these renders that failed wait once more; gives their number."""
    return retry_all(among.failed())


def retry_all(renders: RenderQuerySet) -> int:
    """Lets those of these renders wait once more that failed or were cancelled; gives their number."""
    with transaction.atomic():
        _give_memory_back(renders.without_a_picture())
        tried = renders.without_a_picture().order_by().update(
            status=Status.PENDING, finished=None, worker="", started=None, error="", crashes=0, keep=False
        )  # fmt: skip
        for _ in range(tried):
            transaction.on_commit(issue_token)
    return tried


def move(render: Render, to: str | Render) -> bool:
    """Moves a waiting render "up", "down", to the "front" or to where another one is. False when it cannot go there.

    It moves among its equals: the waiting renders of one person, of one priority, and all small or all large. Only
    among them does `place` decide, and nobody else's renders are passed.
    """
    with transaction.atomic():
        rows = list(Render.objects.equals_of(render).select_for_update())
        places = _rising([row.place for row in rows])
        numbers = {row.pk: number for number, row in enumerate(rows)}
        now = numbers.get(render.pk)
        if now is None:
            return False
        then = numbers.get(to.pk) if isinstance(to, Render) else {"up": now - 1, "down": now + 1, "front": 0}[to]
        if then is None or then == now or not 0 <= then < len(rows):
            return False
        rows.insert(then, rows.pop(now))
        for row, place in zip(rows, places, strict=True):
            if row.place != place:
                Render.objects.filter(pk=row.pk).update(place=place)
    return True


def position(render: Render) -> int | None:
    """The render's place among those that workers may take, 1 being the next; None for others."""
    if render.status != Status.PENDING or render.paused:
        return None
    order = Render.objects.waiting().values_list("pk", flat=True)
    return next((number for number, pk in enumerate(order, 1) if pk == render.pk), None)


def _drop_segments() -> None:
    """What was painted of films that are cancelled. Files that cannot be deleted now are the doctor's to find."""
    try:
        deletion.delete_segments(Segment.objects.given_up())
    except OSError as error:
        logger.warning("files of a cancelled film stay, since the storage is away: %s", error)


def _give_memory_back(renders: RenderQuerySet) -> None:
    """All of it, where crashes have halved it; and no note says any more that it was painted with less."""
    for row in renders.filter(memory_halvings__gt=0).order_by().select_for_update():
        Render.objects.filter(pk=row.pk).update(memory_halvings=0, notes=without_halved(row.notes))


def _keep_last_picture(render: Render, frame: bytes) -> None:
    try:
        with blobs.storing():
            canceled = Render.objects.filter(pk=render.pk, status=Status.CANCELED).select_for_update()
            found = list(canceled.values_list("last_picture", flat=True))
            if not found:
                return
            name = blobs.store("renders", frame, ".jpg")
            canceled.update(last_picture=name)
            if name not in found:
                transaction.on_commit(lambda: blobs.discard_unused(*found))
    except OSError as error:
        logger.warning("the last picture of render %s could not be kept: %s", render.pk, error)


def _rising(places: list[float]) -> list[float]:
    """The same places, those that are equal moved apart by a moment, so that an exchange always shows."""
    risen = list(places)
    for number in range(1, len(risen)):
        risen[number] = max(risen[number], risen[number - 1] + 1e-6)
    return risen

"""The progress of a render for its many viewers: its status and its picture. Asking again costs next to nothing.

What everybody may see is made once, as NOBODY sees it, and shared: a shared answer holds only what is public, and we
need not look up who asks for it. What NOBODY may not see is made again for each person who may; there are few of them.
So for a public render the status costs only the queries that make it, and the picture one query now and then.
"""

import dataclasses
import hashlib
import json
import uuid
from typing import Any

from django.db.models import Exists
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gallery.accounts.person import NOBODY, Person
from gallery.models import Render, Status, Worker
from gallery.queueing import answers, progress
from gallery.queueing.forecast import shared_by_viewers
from gallery.queueing.needs import NEEDS_COLUMNS, Needs, can_do, why_nobody_can
from gallery.queueing.workers import live_workers
from gallery.views.media import unchanged
from gallery.views.request import Request

ORDER, MANNED = "order", b"manned:"
NOTHING = {field.name: None for field in dataclasses.fields(progress.Progress) if field.name != "frame"}


@require_safe
def status(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The render's state for programs; docs/interface.md describes it."""
    shared = answers.shared(name_of(render_id), lambda: _status(render_id, NOBODY))
    found = shared or _status(render_id, request.person)
    if not found:
        raise Http404("There is no such render.")
    return _unless_known(request, found, "application/json")


@require_safe
def frame(request: Request, render_id: uuid.UUID) -> HttpResponseBase:
    """The picture so far, while it is being painted."""
    is_public = answers.remembered(f"public:{render_id}", lambda: b"yes" if _may_be_seen(render_id, NOBODY) else b"")
    if not (is_public or _may_be_seen(render_id, request.person)):
        raise Http404("There is no such render.")

    def found() -> bytes:
        painted = progress.read_frame(render_id)
        if painted is None:
            raise Http404("Nothing is painted yet, or the render is over.")
        return painted

    # A browser that was told of a later picture must not get an earlier one from the memory.
    name = f"frame:{render_id}:{request.GET.get('n', '')[:9]}"
    return _unless_known(request, answers.remembered(name, found), "image/jpeg")


def _unless_known(request: Request, body: bytes, content_type: str) -> HttpResponseBase:
    """`body` with an ETag, which browsers check each time; 304 without it for a browser that already has it."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return unchanged(request, headers) or HttpResponse(body, content_type=content_type, headers=headers)


def name_of(render_id: uuid.UUID | str) -> str:
    """The name of the answer that `status` shares."""
    return f"status:{render_id}"


def state_now(render: Render) -> dict[str, Any]:
    """The state of a row that was read just now. Whoever asks for its status next is told nothing older."""
    answers.forget(ORDER, name_of(render.pk))
    return _state(render)


def _status(render_id: uuid.UUID, person: Person) -> bytes:
    """What `person` may know of a render; empty if there is none that they may see."""
    found = Render.objects.visible_to(person).filter(pk=render_id).first()
    return json.dumps(_state(found)).encode() if found else b""


def _may_be_seen(render_id: uuid.UUID, person: Person) -> bool:
    return Render.objects.visible_to(person).filter(pk=render_id).exists()


def _state(render: Render) -> dict[str, Any]:
    position, waits_for = _place(render)
    return {
        "id": str(render.id),
        "status": render.status,
        "paused": render.paused,
        "keep": render.keep,
        "progress": _progress(render),
        "position": position,
        "waits_for": waits_for,
        "starts_in": _starts_in(render) if position and not waits_for else None,
        "recipe": render.recipe_json,
        "output": _output(render),
        "error": render.error or None,
        "notes": render.notes,
    }


def _progress(render: Render) -> dict[str, Any]:
    found = None if render.is_over else progress.read(render.id)
    if found is None:
        return {**NOTHING, "fraction": 1.0 if render.status == Status.COMPLETED else 0.0, "preview": None}
    shown = dataclasses.asdict(found)
    number = shown.pop("frame")
    if render.status == Status.PENDING:
        shown["eta_seconds"] = None
    return {**shown, "preview": f"{reverse('render_frame', args=[render.id])}?n={number}"}


def _place(render: Render) -> tuple[int | None, str | None]:
    """The place among renders that workers may take and can do (1 is the next), and why no worker can do it."""
    if render.status != Status.PENDING or render.paused:
        return None, None
    order = answers.shared(ORDER, _order)
    before, found, _ = order.partition(render.pk.hex.encode())
    if found:
        return before.count(b",") + 1, None if order.startswith(MANNED) else why_nobody_can(Needs(), [])
    return None, why_nobody_can(Needs.of(render), live_workers()) or None


def _starts_in(render: Render) -> int | None:
    """Seconds until a worker takes it, as the queue's page has it; None where that cannot be told."""
    found = shared_by_viewers().starts.get(render.pk)
    return None if found is None else round(found)


def _order() -> bytes:
    """The renders that workers may take and can do, in order; one look-up serves all. Without a worker, all count."""
    waiting = Render.objects.waiting().annotate(is_manned=Exists(Worker.objects.alive()))
    rows = list(waiting.values("pk", "is_manned", *NEEDS_COLUMNS))
    is_manned = bool(rows) and rows[0]["is_manned"]
    if is_manned:
        alive = live_workers()
        rows = [row for row in rows if any(can_do(worker, Needs.of_columns(row)) for worker in alive)]
    return (MANNED if is_manned else b"") + ",".join(row["pk"].hex for row in rows).encode()


def _output(render: Render) -> dict[str, Any] | None:
    if render.status != Status.COMPLETED:
        return None
    return {
        "url": render.output.url,
        "width": render.width,
        "height": render.height,
        "sha256": render.output_sha256,
        **({"film": reverse("render_film", args=[render.id])} if render.film else {}),
    }

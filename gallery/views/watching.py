"""How a render stands, for the many who watch it: its status and its picture, which cost next to nothing when asked
for again."""

import dataclasses
import json
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from gallery.models import Render, Status, Worker
from gallery.queueing import answers, progress
from gallery.queueing.needs import Needs, doable_by, why_nobody_can
from gallery.queueing.workers import live_workers

ORDER, MANNED = "order", "manned"
NOTHING = {field.name: None for field in dataclasses.fields(progress.Progress) if field.name != "frame"}


@require_safe
def status(request: HttpRequest, render_id: uuid.UUID) -> HttpResponseBase:
    """The render's state for programs; docs/interface.md describes it."""

    def made() -> bytes:
        return json.dumps(_state(get_object_or_404(Render, pk=render_id))).encode()

    return answers.unless_known(request, answers.shared(name_of(render_id), made), "application/json")


@require_safe
def frame(request: HttpRequest, render_id: uuid.UUID) -> HttpResponseBase:
    """The picture as it stands, while it is painted."""

    def found() -> bytes:
        painted = progress.read_frame(render_id)
        if painted is None:
            raise Http404("Nothing is painted yet, or the render is over.")
        return painted

    # Who was told of a later picture must not be given one that was remembered before.
    name = f"frame:{render_id}:{request.GET.get('n', '')[:9]}"
    return answers.unless_known(request, answers.remembered(name, found), "image/jpeg")


def name_of(render_id: uuid.UUID | str) -> str:
    """The name of the answer that `status` shares."""
    return f"status:{render_id}"


def state_now(render: Render) -> dict[str, Any]:
    """The state of a row that was read just now. Whoever asks for its status next is told nothing older."""
    answers.forget(ORDER, MANNED)
    state = _state(render)
    answers.renewed(name_of(render.pk), json.dumps(state).encode())
    return state


def _state(render: Render) -> dict[str, Any]:
    position = _position(render)
    return {
        "id": str(render.id),
        "status": render.status,
        "paused": render.paused,
        "keep": render.keep,
        "progress": _progress(render),
        "position": position,
        "waits_for": _waits_for(render, position),
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


def _position(render: Render) -> int | None:
    """The place among those that workers may take and can do, 1 being the next; looked up for all at once."""
    if render.status != Status.PENDING or render.paused:
        return None
    order = answers.shared(ORDER, _order)
    before, found, _ = order.partition(render.pk.hex.encode())
    return before.count(b",") + 1 if found else None


def _order() -> bytes:
    """Without a worker, all that may be taken counts."""
    waiting, alive = Render.objects.waiting(), live_workers()
    doable = waiting.filter(doable_by(*alive)) if alive else waiting
    return ",".join(pk.hex for pk in doable.values_list("pk", flat=True)).encode()


def _waits_for(render: Render, position: int | None) -> str | None:
    """Why no worker that lives can do a render that waits, in a sentence."""
    if render.status != Status.PENDING or render.paused:
        return None
    if position is not None and answers.shared(MANNED, _is_manned) == b"yes":
        return None
    return why_nobody_can(Needs.of(render), live_workers()) or None


def _is_manned() -> bytes:
    return b"yes" if Worker.objects.alive().exists() else b"no"


def _output(render: Render) -> dict[str, Any] | None:
    if render.status != Status.COMPLETED:
        return None
    return {
        "url": render.output.url,
        "width": render.width,
        "height": render.height,
        "sha256": render.output_sha256,
    }

"""One render: watching it paint, its status for programs, its result."""

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as respond
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery import deletion, progress, queue
from gallery.access import may_change
from gallery.models import Render, Status
from gallery.recipe_table import rows


def _get(render_id: uuid.UUID) -> Render:
    return get_object_or_404(Render.objects.with_pictures().select_related("parent", "owner"), pk=render_id)


def changeable_or_403(request: HttpRequest, render_id: uuid.UUID) -> Render:
    """The render, for somebody who may change it. Raises Http404 and PermissionDenied."""
    found = _get(render_id)
    if not may_change(request, found):
        raise PermissionDenied
    return found


@require_safe
@never_cache
def page(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """The render as it stands: waiting, painting, or over."""
    found = _get(render_id)
    context = {
        "render": found,
        "state": _state(found),
        "recipe_rows": rows(found),
        "may_change": may_change(request, found),
    }
    template = "renders/result.html" if found.status == Status.COMPLETED else "renders/watching.html"
    return respond(request, template, context)


@require_safe
@never_cache
def status(request: HttpRequest, render_id: uuid.UUID) -> JsonResponse:
    """The render's state for programs; docs/interface.md describes it."""
    return JsonResponse(_state(_get(render_id)))


@require_safe
@never_cache
def frame(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """The picture as it stands, while it is painted."""
    found = progress.read_frame(render_id)
    if found is None:
        raise Http404("Nothing is painted yet, or the render is over.")
    return HttpResponse(found, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


@require_POST
def cancel(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Cancels a render of one's own, and goes back to where the button was."""
    return _act(request, render_id, queue.cancel, "That render was over already.")


@require_POST
def pause(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Pauses a render of one's own, and goes back to where the button was."""
    return _act(request, render_id, queue.pause, "That render was over already.")


@require_POST
def resume(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Resumes a paused render of one's own, and goes back to where the button was."""
    return _act(request, render_id, queue.resume, "That render was not paused.")


@require_POST
def keep(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Has what a render of one's own shows published, and goes back to where the button was."""
    return _act(request, render_id, queue.keep, "There is nothing to keep: nothing is painted yet, or it is over.")


@require_POST
def retry(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Lets a failed or cancelled render of one's own wait once more, and goes back to where the button was."""
    return _act(request, render_id, queue.retry, "That render waits already, or is finished.")


@require_POST
def delete(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """Deletes a render of one's own."""
    deletion.delete_render(changeable_or_403(request, render_id))
    messages.success(request, "The render is deleted.")
    return redirect("gallery")


def _act(request: HttpRequest, render_id: uuid.UUID, act: Callable[[Render], bool], otherwise: str) -> HttpResponse:
    found = changeable_or_403(request, render_id)
    if not act(found) and not request.htmx:  # type: ignore[attr-defined]
        messages.info(request, otherwise)
    return redirect("queue" if request.POST.get("next") == "queue" else found)


def _state(render: Render) -> dict[str, Any]:
    return {
        "id": str(render.id),
        "status": render.status,
        "paused": render.paused,
        "progress": _progress(render),
        "position": queue.position(render),
        "recipe": render.recipe_json,
        "output": _output(render),
        "error": render.error or None,
        "notes": render.notes,
    }


def _progress(render: Render) -> dict[str, Any]:
    found = progress.read(render.id) if render.status == Status.IN_PROGRESS else None
    if found is None:
        nothing = dict.fromkeys(field.name for field in dataclasses.fields(progress.Progress))
        shown, preview = {**nothing, "fraction": 1.0 if render.status == Status.COMPLETED else 0.0}, None
    else:
        shown = dataclasses.asdict(found)
        preview = f"{reverse('render_frame', args=[render.id])}?n={found.frame}"
    del shown["frame"]
    return {**shown, "preview": preview}


def _output(render: Render) -> dict[str, Any] | None:
    if render.status != Status.COMPLETED:
        return None
    return {
        "url": render.output.url,
        "width": render.width,
        "height": render.height,
        "sha256": render.output_sha256,
    }

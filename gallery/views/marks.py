"""Liking a render, and putting it among one's favourites."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as respond
from django.views.decorators.http import require_POST

from gallery.accounts.access import ownership
from gallery.browsing.marks import marks, toggle
from gallery.models import Favourite, Like, Render

KINDS: dict[str, type[Like] | type[Favourite]] = {"like": Like, "favourite": Favourite}


@require_POST
def mark(request: HttpRequest, render_id: uuid.UUID, kind: str) -> HttpResponse:
    """Sets this person's mark or takes it away; to htmx, the buttons as they are now."""
    finished = Render.objects.finished()
    toggle(KINDS[kind], get_object_or_404(finished, pk=render_id), ownership(request))
    found = get_object_or_404(finished, pk=render_id)
    if request.htmx:  # type: ignore[attr-defined]
        return respond(request, "renders/_marks.html", {"render": found, **marks(request, found)})
    return redirect(found)

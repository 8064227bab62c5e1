"""Likes and favourites."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as respond
from django.views.decorators.http import require_POST

from gallery.accounts.session import maker_of
from gallery.browsing.marks import marks, toggle
from gallery.models import Favourite, Like, Render
from gallery.views.lookup import visible_or_404
from gallery.views.request import Request

KINDS: dict[str, type[Like] | type[Favourite]] = {"like": Like, "favourite": Favourite}


@require_POST
def mark(request: Request, render_id: uuid.UUID, kind: str) -> HttpResponse:
    """Sets or removes this person's mark; answers htmx with the updated buttons."""
    finished = Render.objects.finished()
    found = visible_or_404(finished, request.person, render_id)
    person = maker_of(request)
    toggle(KINDS[kind], found, person)
    if request.htmx:
        found = visible_or_404(finished, person, render_id)
        return respond(request, "renders/_marks.html", {"render": found, **marks(person, found)})
    return redirect(found)

"""Title, description and tags of the person's own render."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as respond
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gallery.browsing.descriptions import DescriptionForm
from gallery.models import Render
from gallery.views.lookup import changeable_or_403
from gallery.views.renders.result import about
from gallery.views.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """The form, as a page or, for htmx, as the part of the page that it replaces; a valid POST saves it."""
    found = changeable_or_403(Render.objects.with_pictures(), request.person, render_id)
    within = bool(request.htmx)
    form = DescriptionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save_to_row()
        if not within:
            return redirect(found)
        return respond(request, "renders/_about.html", {"render": found, **about(request.person, found)})
    template = "renders/_edit.html" if within else "renders/edit.html"
    # htmx ignores the body of an error.
    status = 422 if form.errors and not within else 200
    return respond(request, template, {"render": found, "form": form}, status=status)

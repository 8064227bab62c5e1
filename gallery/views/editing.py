"""Title, description and tags of a render of one's own."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as respond
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gallery.browsing.descriptions import DescriptionForm
from gallery.views.renders import changeable_or_403
from gallery.views.result import about


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, render_id: uuid.UUID) -> HttpResponse:
    """The form, as a page or, to htmx, as the part of the page that it stands in for; a valid POST saves it."""
    found = changeable_or_403(request, render_id)
    within: bool = request.htmx  # type: ignore[attr-defined]
    form = DescriptionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save_to_row()
        if not within:
            return redirect(found)
        return respond(request, "renders/_about.html", {"render": found, **about(request, found)})
    template = "renders/_edit.html" if within else "renders/edit.html"
    # htmx puts nothing into the page that comes with an error.
    status = 422 if form.errors and not within else 200
    return respond(request, template, {"render": found, "form": form}, status=status)

"""The gallery: everybody's finished renders, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gallery.models import Render
from gallery.paging import page_after


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A page of renders; to htmx only its cards, to be put after those that are there."""
    page = page_after(Render.objects.finished().shown().with_pictures(), request.GET.get("after", ""))
    template = "gallery/_cards.html" if request.htmx else "gallery/index.html"  # type: ignore[attr-defined]
    response = render(request, template, {"page": page, "first": "after" not in request.GET})
    response.headers["Vary"] = "HX-Request"
    return response

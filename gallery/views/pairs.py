"""A pair: its content, its style, and all renders of the two."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gallery.browsing.paging import page_after
from gallery.models import Pair, Render


@require_safe
def page(request: HttpRequest, pair_id: uuid.UUID) -> HttpResponse:
    """The pair's renders, newest first, those under way before them."""
    pair = get_object_or_404(Pair.objects.with_pictures(), pk=pair_id)
    renders = Render.objects.filter(pair=pair).with_pictures()
    cursor = request.GET.get("after", "")
    context = {
        "pair": pair,
        "page": page_after(renders.finished(), cursor),
        "under_way": [] if cursor else list(renders.unfinished()),
        "first": not cursor,
    }
    template = "gallery/_cards.html" if request.htmx else "pairs/page.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request"
    return response

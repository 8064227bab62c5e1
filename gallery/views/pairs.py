"""A pair: its content, its style, and all renders of the two."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gallery.browsing.paging import page_after
from gallery.models import Pair, Render
from gallery.queueing import removals
from gallery.views.lookup import visible_or_404
from gallery.views.request import Request


@require_safe
def page(request: Request, pair_id: uuid.UUID) -> HttpResponse:
    """The pair's renders: unfinished ones first, then the newest first."""
    pair = visible_or_404(Pair.objects.with_pictures(), request.person, pair_id)
    visible = Render.objects.visible_to(request.person).without(removals.pending().renders)
    renders = visible.filter(pair=pair).with_pictures()
    cursor = request.GET.get("after", "")
    context = {
        "pair": pair,
        "page": page_after(renders.finished(), cursor),
        "under_way": [] if cursor else list(renders.unfinished()),
        "first": not cursor,
    }
    template = "gallery/_cards.html" if request.htmx else "pairs/page.html"
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request"
    return response

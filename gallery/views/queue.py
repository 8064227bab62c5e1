"""The queue: what is painted now, and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gallery import progress
from gallery.access import may_change
from gallery.models import Render

SHOWN = 100


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Running renders with their progress, then waiting ones in the order in which they will be taken."""
    running = list(Render.objects.running().with_pictures()[:SHOWN])
    waiting = list(Render.objects.waiting().with_pictures()[:SHOWN])
    context = {
        "running": [(row, progress.read(row.id), may_change(request, row)) for row in running],
        "waiting": [(row, may_change(request, row)) for row in waiting],
        "waiting_count": Render.objects.waiting().count(),
    }
    template = "queue/_rows.html" if request.htmx else "queue/page.html"  # type: ignore[attr-defined]
    return render(request, template, context)

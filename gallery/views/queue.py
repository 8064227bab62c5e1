"""The queue: what is painted where, what waits and when it starts, what is paused, failed, or was finished lately."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery.accounts.access import changeable, is_known
from gallery.models import Render
from gallery.queueing import answers, forecast, queue
from gallery.queueing.overview import overview
from gallery.views.renders import changeable_or_403


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Everything that is under way; to htmx only the rows."""
    template = "queue/_rows.html" if request.htmx else "queue/page.html"  # type: ignore[attr-defined]
    return render(request, template, overview(request))


@require_POST
def move(request: HttpRequest, render_id: uuid.UUID, to: str) -> HttpResponse:
    """Moves a waiting render of one's own among one's own."""
    queue.move(changeable_or_403(request, render_id), to)
    return _queue_as_it_is_now()


@require_POST
def move_to(request: HttpRequest, render_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Moves a waiting render of one's own to where another one of one's own is."""
    queue.move(changeable_or_403(request, render_id), get_object_or_404(Render, pk=other_id))
    return _queue_as_it_is_now()


@require_POST
def retry_failed(request: HttpRequest) -> HttpResponse:
    """Lets all renders wait once more that failed and that this person may change."""
    count = queue.retry_all_failed(changeable(request, Render.objects.all())) if is_known(request) else 0
    if not request.htmx:  # type: ignore[attr-defined]
        messages.info(request, "One render waits again." if count == 1 else f"{count} renders wait again.")
    return _queue_as_it_is_now()


def _queue_as_it_is_now() -> HttpResponse:
    """To the page, which does not show what was foreseen before."""
    answers.forget(forecast.NAME)
    return redirect("queue")

"""The queue: what each worker paints, what waits and when it starts, what is paused, failed or just finished."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery.accounts.address import is_from_here
from gallery.models import Render
from gallery.processes.pasted import manage
from gallery.queueing import answers, forecast, queue
from gallery.queueing.overview import overview
from gallery.views.lookup import changeable_or_403, visible_or_404
from gallery.views.request import Request


@require_safe
@never_cache
def page(request: Request) -> HttpResponse:
    """Everything in the queue; for htmx only the rows."""
    template = "queue/_rows.html" if request.htmx else "queue/page.html"
    # Paths on this machine are nobody else's business.
    may_start_one = request.person.is_staff or is_from_here(request)
    return render(request, template, overview(request.person) | {"start_worker": may_start_one and manage("worker")})


@require_POST
def move(request: Request, render_id: uuid.UUID, to: str) -> HttpResponse:
    """Moves a waiting render among the person's own renders."""
    queue.move(changeable_or_403(Render.objects.all(), request.person, render_id), to)
    return _queue_as_it_is_now()


@require_POST
def move_to(request: Request, render_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Moves a waiting render to the place of another one of the person's renders."""
    found = changeable_or_403(Render.objects.all(), request.person, render_id)
    queue.move(found, visible_or_404(Render.objects.all(), request.person, other_id))
    return _queue_as_it_is_now()


@require_POST
def retry_failed(request: Request) -> HttpResponse:
    """Retries all failed renders that this person may change."""
    count = queue.retry_all_failed(Render.objects.visible_to(request.person).changeable_by(request.person))
    if not request.htmx:
        messages.info(request, "One render waits again." if count == 1 else f"{count} renders wait again.")
    return _queue_as_it_is_now()


def _queue_as_it_is_now() -> HttpResponse:
    """Redirects to the page, which then makes a new forecast."""
    answers.forget(forecast.NAME)
    return redirect("queue")

"""The queue: what is painted now, what waits, what is paused, and which of one's own renders failed."""

import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery import progress, queue
from gallery.access import changeable, is_known, may_change
from gallery.models import Render
from gallery.querysets import SMALL
from gallery.views.renders import changeable_or_403

SHOWN = 100
FAILED_SHOWN = 10


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Running renders with their progress, then waiting ones in the order in which they will be taken, then others."""
    renders = Render.objects.with_pictures()
    running, paused = list(renders.running()[:SHOWN]), list(renders.paused()[:SHOWN])
    failed = changeable(request, renders.failed()) if is_known(request) else renders.none()
    context = {
        "running": [(row, progress.read(row.id), may_change(request, row)) for row in running],
        "waiting": _waiting(request, list(renders.waiting()[:SHOWN])),
        "waiting_count": Render.objects.claimable().count(),
        "paused": [(row, may_change(request, row)) for row in paused],
        "failed": failed[:FAILED_SHOWN],
        "failed_count": failed.count(),
    }
    template = "queue/_rows.html" if request.htmx else "queue/page.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
def move(request: HttpRequest, render_id: uuid.UUID, to: str) -> HttpResponse:
    """Moves a waiting render of one's own among one's own."""
    queue.move(changeable_or_403(request, render_id), to)
    return redirect("queue")


@require_POST
def retry_failed(request: HttpRequest) -> HttpResponse:
    """Lets all renders wait once more that failed and that this person may change."""
    count = queue.retry_all_failed(changeable(request, Render.objects.all())) if is_known(request) else 0
    if not request.htmx:  # type: ignore[attr-defined]
        messages.info(request, "One render waits again." if count == 1 else f"{count} renders wait again.")
    return redirect("queue")


def _waiting(request: HttpRequest, rows: list[Render]) -> list[tuple[Render, bool, bool]]:
    """Each row, whether this person may change it, and whether there are equals to move it among."""
    equals = Counter(map(_kind, rows))
    allowed = [may_change(request, row) for row in rows]
    return [(row, may, may and equals[_kind(row)] > 1) for row, may in zip(rows, allowed, strict=True)]


def _kind(row: Render) -> tuple[Any, ...]:
    return row.owner_id, row.visitor, row.priority, row.image_size <= SMALL

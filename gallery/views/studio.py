"""The studio: where a content picture and a style become a render."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gallery import queue
from gallery.access import ownership
from gallery.forms import StudioForm
from gallery.models import Picture, Render
from gallery.order import Order
from gallery.recipe_fields import initial
from gallery.sweep_form import SweepForm
from gallery.uploads import LARGEST_FILE


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The empty form, or the one filled in from `?from=` a render or `?content=`, `?style=`; a valid POST renders."""
    if request.method != "POST":
        return page(request, StudioForm(initial=_initial(request)), 200)
    form = StudioForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, 422)
    owner = ownership(request)
    content, style = form.pictures(owner)
    return redirect(queue.submit(Order(content, (style,), form.recipe), owner))


def page(request: HttpRequest, form: StudioForm, status: int, sweep: SweepForm | None = None) -> HttpResponse:
    """The studio with `form`, and with the form of a sweep if that was submitted."""
    chosen = {role: _picture(form[f"{role}_id"].value()) for role in StudioForm.ROLES}
    context = {"form": form, "chosen": chosen, "largest_mb": LARGEST_FILE // 2**20, "sweep_form": sweep or SweepForm()}
    return render(request, "studio/new.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if source := _render(request.GET.get("from", "")):
        values = initial(source.recipe) | {"content_id": source.pair.content_id, "style_id": source.pair.style_id}
    for role in StudioForm.ROLES:
        if picture := _picture(request.GET.get(role, "")):
            values[f"{role}_id"] = picture.pk
    return values


def _picture(identifier: object) -> Picture | None:
    found = _uuid(identifier)
    return Picture.objects.filter(pk=found).first() if found else None


def _render(identifier: str) -> Render | None:
    found = _uuid(identifier)
    return Render.objects.with_pictures().filter(pk=found).first() if found else None


def _uuid(text: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None

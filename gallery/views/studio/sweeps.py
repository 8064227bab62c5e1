"""Sweeps: the contact sheet, and actions on its cells."""

import datetime
import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery.accounts.session import maker_of
from gallery.models import Render, Sweep
from gallery.models.leases import CLOCKS_DIFFER_BY
from gallery.queueing import deletion, queue
from gallery.studio import rerender
from gallery.studio.submission import Refused
from gallery.studio.sweeps import batch
from gallery.studio.sweeps.contact_sheet import Sheet, axes_of
from gallery.studio.sweeps.own_sweeps import own_sweeps
from gallery.studio.sweeps.sheet_picture import drawn
from gallery.views.lookup import changeable_or_403, visible_or_404
from gallery.views.request import Request

SIZES = (512, 1024, 2048)


class PickForm(forms.Form):
    """A cell, and the size at which to render it again."""

    cell = forms.UUIDField()
    size = forms.TypedChoiceField(
        choices=[(size, f"{size} px") for size in SIZES],
        coerce=int,
        initial=1024,
        widget=forms.Select(attrs={"class": "button", "aria-label": "Size"}),
    )
    action = forms.ChoiceField(choices=[(name, name) for name in ("open", "remix", "sweep", "render")])


@require_safe
@never_cache
def page(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """The contact sheet."""
    sweep = visible_or_404(Sweep.objects.select_related("owner"), request.person, sweep_id)
    sheet = Sheet(sweep, request.person)
    context = {"sweep": sweep, "sheet": sheet, "rows": sheet.rows(), "pick": PickForm(), **_now(request, sweep)}
    return render(request, "sweeps/page.html", context)


@require_safe
@never_cache
def cells(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """A sweep's progress, and its cells that wait, are in progress, or finished after `?since=`."""
    sweep = visible_or_404(Sweep.objects.all(), request.person, sweep_id)
    sheet, since = Sheet(sweep, request.person), _moment(request.GET.get("since", ""))
    changed = [cell for cell in sheet.cells() if _may_be_new(cell.render, since)]
    context = {"sweep": sweep, "sheet": sheet, "cells": changed, **_now(request, sweep)}
    return render(request, "sweeps/_changes.html", context)


@require_safe
@never_cache
def mine(request: Request) -> HttpResponse:
    """The person's sweeps, the latest first."""
    return render(request, "sweeps/mine.html", {"sweeps": own_sweeps(request.person)})


@require_POST
def pick(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """Opens a cell, takes it to the studio or to another sweep, or renders it larger as a new child."""
    sweep = visible_or_404(Sweep.objects.all(), request.person, sweep_id)
    form = PickForm(request.POST)
    cells = sweep.renders.visible_to(request.person).with_pictures()
    cell = cells.filter(pk=form.cleaned_data["cell"]).first() if form.is_valid() else None
    if cell is None:
        messages.info(request, "Choose one of the pictures first.")
        return redirect(sweep)
    action = form.cleaned_data["action"]
    if action == "render":
        return _enlarge(request, sweep, cell, form.cleaned_data["size"])
    if action == "open":
        return redirect(cell)
    return redirect(f"{reverse('new' if action == 'remix' else 'new_sweep')}?from={cell.pk}")


@require_POST
def cancel(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """Cancels the unfinished cells of the person's sweep."""
    sweep = _changeable(request, sweep_id)
    queue.cancel_all(sweep.renders.all())
    return redirect(sweep)


@require_POST
def retry(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """Retries the failed and cancelled cells of the person's sweep."""
    sweep = _changeable(request, sweep_id)
    queue.retry_all(sweep.renders.all())
    return redirect(sweep)


@require_POST
def delete(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """Deletes the person's sweep; renders that somebody liked, named or rendered larger stay."""
    staying = deletion.delete_sweep(_changeable(request, sweep_id))
    kept = "" if not staying else " One render stays." if staying == 1 else f" {staying} renders stay."
    messages.success(request, f"The sweep is deleted.{kept}")
    return redirect("sweeps")


@require_POST
def restore(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """Lets the deleted cells of the person's sweep be painted again."""
    sweep = _changeable(request, sweep_id)
    if not batch.restore(sweep, axes_of(sweep), maker_of(request)):
        messages.info(request, "Their pictures were deleted too, so they cannot be painted again.")
    return redirect(sweep)


@require_safe
@never_cache
def sheet_picture(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """The contact sheet as one picture."""
    sweep = visible_or_404(Sweep.objects.all(), request.person, sweep_id)
    sheet = Sheet(sweep, request.person)
    named = content_disposition_header(True, f"{slugify(sheet.title) or 'sweep'}.jpg")
    return HttpResponse(drawn(sheet), content_type="image/jpeg", headers={"Content-Disposition": named})


def _enlarge(request: Request, sweep: Sweep, cell: Render, size: int) -> HttpResponse:
    try:
        return redirect(rerender.resized(cell, size, maker_of(request)))
    except Refused as error:
        messages.error(request, str(error))
        return redirect(sweep)


def _changeable(request: Request, sweep_id: uuid.UUID) -> Sweep:
    return changeable_or_403(Sweep.objects.all(), request.person, sweep_id)


def _now(request: Request, sweep: Sweep) -> dict[str, object]:
    return {"may_change": request.person.may_change(sweep), "now": timezone.now().isoformat()}


def _moment(text: str) -> datetime.datetime:
    """When somebody last looked, minus what clocks may differ by; long ago if `text` is not a time."""
    try:
        return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC) - CLOCKS_DIFFER_BY
    except (ValueError, OverflowError):
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _may_be_new(cell: Render | None, since: datetime.datetime) -> bool:
    return cell is not None and (cell.finished is None or cell.finished > since)

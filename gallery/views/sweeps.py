"""Sweeps: asking for one, its contact sheet, and what is done with its cells."""

import datetime
import uuid

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.accounts.access import is_known, may_change, ownership, refuse_strangers
from gallery.models import Pair, Render, Status, Sweep
from gallery.models.querysets import CLOCKS_DIFFER_BY
from gallery.queueing import deletion, queue
from gallery.queueing.order import Order
from gallery.studio import rerender
from gallery.studio.contact_sheet import Sheet, axes_of, title_of
from gallery.studio.form import StudioForm
from gallery.studio.sweep_form import SweepForm
from gallery.views import studio
from transfer.errors import PlanError

SHOWN = 100
SIZES = (512, 1024, 2048)


class PickForm(forms.Form):
    """A cell, and how large it is rendered again."""

    cell = forms.UUIDField()
    size = forms.TypedChoiceField(
        choices=[(size, f"{size} px") for size in SIZES],
        coerce=int,
        initial=1024,
        widget=forms.Select(attrs={"class": "button", "aria-label": "Size"}),
    )
    action = forms.ChoiceField(choices=[(name, name) for name in ("open", "remix", "sweep", "render")])


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form for a sweep from `?from=` a render; a valid POST, from there or from the studio, submits it."""
    source = _source(request)
    if request.method != "POST":
        return _page(request, source, SweepForm(kind=source.kind)) if source else redirect(f"{reverse('new')}#sweep")
    form = SweepForm(request.POST, kind=source.kind if source else studio.kind_or_404(request.POST))
    return _from_render(request, form, source) if source else _from_studio(request, form)


@require_safe
@never_cache
def page(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """The contact sheet."""
    sweep = get_object_or_404(Sweep.objects.select_related("owner"), pk=sweep_id)
    context = {"sweep": sweep, "sheet": Sheet(sweep), "pick": PickForm(), **_now(request, sweep)}
    return render(request, "sweeps/page.html", context)


@require_safe
@never_cache
def cells(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """How far a sweep is, and its cells that wait, are painted, or were finished after `?since=`."""
    sweep = get_object_or_404(Sweep, pk=sweep_id)
    sheet, since = Sheet(sweep), _moment(request.GET.get("since", ""))
    changed = [cell for cell in sheet.cells() if _may_be_new(cell.render, since)]
    context = {"sweep": sweep, "sheet": sheet, "cells": changed, **_now(request, sweep)}
    return render(request, "sweeps/_changes.html", context)


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """One's own sweeps, the latest first."""
    own = Sweep.objects.filter(**ownership(request).fields()) if is_known(request) else Sweep.objects.none()
    finished = Count("renders", filter=Q(renders__status=Status.COMPLETED))
    sweeps = list(own.annotate(total=Count("renders"), finished=finished)[:SHOWN])
    used = dict(Render.objects.filter(sweep__in=sweeps).order_by().values_list("sweep", "pair").distinct())
    pairs = Pair.objects.with_pictures().in_bulk(used.values())
    rows = [(sweep, title_of(axes_of(sweep)), pairs.get(used.get(sweep.pk))) for sweep in sweeps]
    return render(request, "sweeps/mine.html", {"rows": rows})


@require_POST
def pick(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """Opens a cell, takes it to the studio or to another sweep, or renders it larger, as a child of its own."""
    sweep = get_object_or_404(Sweep, pk=sweep_id)
    form = PickForm(request.POST)
    cell = sweep.renders.with_pictures().filter(pk=form.cleaned_data["cell"]).first() if form.is_valid() else None
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
def cancel(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """Cancels what is not finished of a sweep of one's own."""
    sweep = _changeable_or_403(request, sweep_id)
    queue.cancel_all(sweep.renders.all())
    return redirect(sweep)


@require_POST
def retry(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """Lets those cells of one's own sweep wait once more that failed or were cancelled."""
    sweep = _changeable_or_403(request, sweep_id)
    queue.retry_all(sweep.renders.all())
    return redirect(sweep)


@require_POST
def delete(request: HttpRequest, sweep_id: uuid.UUID) -> HttpResponse:
    """Deletes a sweep of one's own; what somebody liked, named or rendered larger stays."""
    staying = deletion.delete_sweep(_changeable_or_403(request, sweep_id))
    kept = "" if not staying else " One render stays." if staying == 1 else f" {staying} renders stay."
    messages.success(request, f"The sweep is deleted.{kept}")
    return redirect("sweeps")


def _from_render(request: HttpRequest, form: SweepForm, source: Render) -> HttpResponse:
    order = Order.of(source)
    recipes = form.recipes(order.recipe, order.sizes) if form.is_valid() else []
    if form.errors:
        return _page(request, source, form, 422)
    axes = [axis.as_json() for axis in form.axes]
    return redirect(queue.submit_sweep(axes, list(map(order.by, recipes)), ownership(request)))


def _from_studio(request: HttpRequest, form: SweepForm) -> HttpResponse:
    pictured = StudioForm(request.POST, request.FILES, kind=form.kind)
    recipes = form.recipes(pictured.recipe, pictured.sizes()) if all((form.is_valid(), pictured.is_valid())) else []
    if form.errors or pictured.errors:
        return studio.page(request, pictured, 422, sweep=form)
    owner = ownership(request)
    pictures = pictured.pictures(owner)
    axes = [axis.as_json() for axis in form.axes]
    with transaction.atomic():  # so that nobody discards a mask before there is a row that needs it
        sweep = queue.submit_sweep(axes, list(map(pictured.order(pictures).by, recipes)), owner)
    return redirect(sweep)


def _enlarge(request: HttpRequest, sweep: Sweep, cell: Render, size: int) -> HttpResponse:
    try:
        return redirect(rerender.resized(cell, size, ownership(request)))
    except PlanError as error:
        messages.error(request, str(error))
        return redirect(sweep)


def _page(request: HttpRequest, source: Render, form: SweepForm, status: int = 200) -> HttpResponse:
    return render(request, "sweeps/new.html", {"source": source, "sweep_form": form}, status=status)


def _source(request: HttpRequest) -> Render | None:
    """The render to start from, if one is named; raises Http404 when it is not there."""
    named = request.POST.get("from") or request.GET.get("from")
    if not named:
        return None
    try:
        return get_object_or_404(Render.objects.with_pictures(), pk=uuid.UUID(named))
    except ValueError as error:
        raise Http404("There is no such render.") from error


def _changeable_or_403(request: HttpRequest, sweep_id: uuid.UUID) -> Sweep:
    sweep = get_object_or_404(Sweep, pk=sweep_id)
    refuse_strangers(request, sweep)
    return sweep


def _now(request: HttpRequest, sweep: Sweep) -> dict[str, object]:
    return {"may_change": may_change(request, sweep), "now": timezone.now().isoformat()}


def _moment(text: str) -> datetime.datetime:
    """When somebody looked last, less what clocks may differ by; for what is no moment, long ago."""
    try:
        return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC) - CLOCKS_DIFFER_BY
    except (ValueError, OverflowError):
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _may_be_new(cell: Render | None, since: datetime.datetime) -> bool:
    return cell is not None and (cell.finished is None or cell.finished > since)

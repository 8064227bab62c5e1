"""Sweeps: submitting one, its contact sheet, and actions on its cells."""

import datetime
import uuid

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.accounts.session import maker_of
from gallery.models import Pair, Render, Status, Sweep
from gallery.models.leases import CLOCKS_DIFFER_BY
from gallery.queueing import deletion, queue
from gallery.queueing.order import Order
from gallery.studio import rerender, submission
from gallery.studio.contact_sheet import Sheet, axes_of, title_of
from gallery.studio.form import StudioForm
from gallery.studio.submission import Refused
from gallery.studio.sweep_form import SweepForm
from gallery.views.lookup import changeable_or_403, visible_or_404
from gallery.views.request import Request
from gallery.views.studio import new as studio

SHOWN = 100
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


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form for a sweep from the render `?from=`; a valid POST, from here or from the studio, submits it."""
    source = _source(request)
    if request.method != "POST":
        return _page(request, source, SweepForm(kind=source.kind)) if source else redirect(f"{reverse('new')}#sweep")
    form = SweepForm(request.POST, kind=source.kind if source else studio.kind_or_404(request.POST))
    return _from_render(request, form, source) if source else _from_studio(request, form)


@require_safe
@never_cache
def page(request: Request, sweep_id: uuid.UUID) -> HttpResponse:
    """The contact sheet."""
    sweep = visible_or_404(Sweep.objects.select_related("owner"), request.person, sweep_id)
    context = {"sweep": sweep, "sheet": Sheet(sweep, request.person), "pick": PickForm(), **_now(request, sweep)}
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
    own = Sweep.objects.visible_to(request.person).belonging_to(request.person)
    renders = Render.objects.visible_to(request.person)
    finished = Count("renders", filter=Q(renders__status=Status.COMPLETED))
    sweeps = list(own.annotate(total=Count("renders"), finished=finished)[:SHOWN])
    used = dict(renders.filter(sweep__in=sweeps).order_by().values_list("sweep", "pair").distinct())
    pairs = Pair.objects.visible_to(request.person).with_pictures().in_bulk(used.values())
    rows = [(sweep, title_of(axes_of(sweep)), pairs.get(used.get(sweep.pk))) for sweep in sweeps]
    return render(request, "sweeps/mine.html", {"rows": rows})


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


def _from_render(request: Request, form: SweepForm, source: Render) -> HttpResponse:
    order = Order.of(source)
    recipes = form.recipes(order.recipe, order.sizes) if form.is_valid() else []
    if form.errors:
        return _page(request, source, form, 422)
    return redirect(submission.sweep_of(order, form.axes, recipes, maker_of(request)))


def _from_studio(request: Request, form: SweepForm) -> HttpResponse:
    pictured = StudioForm(request.person, request.POST, request.FILES, kind=form.kind)
    are_valid = all((form.is_valid(), pictured.is_valid()))
    recipes = form.recipes(pictured.submission.recipe, pictured.submission.sizes) if are_valid else []
    if form.errors or pictured.errors:
        return studio.page(request, pictured, 422, sweep=form)
    return redirect(submission.submit_sweep(pictured.submission, form.axes, recipes, maker_of(request)))


def _enlarge(request: Request, sweep: Sweep, cell: Render, size: int) -> HttpResponse:
    try:
        return redirect(rerender.resized(cell, size, maker_of(request)))
    except Refused as error:
        messages.error(request, str(error))
        return redirect(sweep)


def _page(request: Request, source: Render, form: SweepForm, status: int = 200) -> HttpResponse:
    return render(request, "sweeps/new.html", {"source": source, "sweep_form": form}, status=status)


def _source(request: Request) -> Render | None:
    """The render to start from, if one is named; raises Http404 if it is not there."""
    named = request.POST.get("from") or request.GET.get("from")
    if not named:
        return None
    try:
        return visible_or_404(Render.objects.with_pictures(), request.person, uuid.UUID(named))
    except ValueError as error:
        raise Http404("There is no such render.") from error


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

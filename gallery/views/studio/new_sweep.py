"""Asking for a sweep, from the studio or from a render, and what it will take."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gallery.accounts.session import maker_of
from gallery.models import Picture, Render, Sweep
from gallery.queueing.order import Order
from gallery.studio import submission
from gallery.studio.form import StudioForm
from gallery.studio.submission import Refused, Submission, has_no_regions
from gallery.studio.sweeps import batch, sweep_plan
from gallery.studio.sweeps.axes import Change
from gallery.studio.sweeps.batch import Shared
from gallery.studio.sweeps.picture_axis import Subject
from gallery.studio.sweeps.sweep_form import SweepForm
from gallery.views.lookup import kind_or_404, visible_or_404
from gallery.views.next_page import made
from gallery.views.request import Request
from gallery.views.studio import new as studio
from transfer.inputs import Role
from transfer.kinds import Sizes


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form for a sweep from the render `?from=`; a valid POST, from here or from the studio, submits it."""
    source = _source(request)
    if request.method != "POST":
        if source is None:
            return redirect(f"{reverse('new')}#sweep")
        return _page(request, source, SweepForm(kind=source.kind, person=request.person))
    kind = source.kind if source else kind_or_404(request.POST)
    form = SweepForm(request.POST, request.FILES, kind=kind, person=request.person)
    return _from_render(request, form, source) if source else _from_studio(request, form)


@require_POST
@never_cache
def plan(request: Request) -> HttpResponse:
    """How many renders the form asks for, how long they take together, and when they start; it stores nothing."""
    source = _source(request)
    kind = source.kind if source else kind_or_404(request.POST)
    form = SweepForm(request.POST, kind=kind, person=request.person, plans=True)
    order = Order.of(source) if source else None
    return render(request, "sweeps/_plan.html", sweep_plan.foreseen(form, request.POST, request.person, order))


def _from_render(request: Request, form: SweepForm, source: Render) -> HttpResponse:
    order, person = Order.of(source), maker_of(request)
    if not form.is_valid():
        return _page(request, source, form, 422)
    for name in form.subjects:
        form.put_first(name, [Subject.of(picture) for picture in order.pictures(Role(name))])
    recipes = form.recipes(batch.without_weights(order.recipe, form.axes), _sizes(form, order.sizes))
    try:
        if not form.errors and form.subjects:
            sweep = batch.submit(batch.without_masks(order), form.axes, form.subjects, recipes, person)
            return _begun(request, sweep, form)
    except Refused as refused:
        _complain(form, refused)
    if form.errors:
        return _page(request, source, form, 422)
    return made(request, submission.sweep_of(order, form.axes, recipes, person))


def _from_studio(request: Request, form: SweepForm) -> HttpResponse:
    form.full_clean()
    fields, files, lent = _filled(request, form)
    pictured = StudioForm(request.person, fields, files, kind=form.kind)
    if pictured.errors or form.errors:
        return studio.page(request, pictured, 422, sweep=form)
    try:
        if sweep := _submitted(form, pictured, lent, request):
            return _begun(request, sweep, form, pictured.submission)
    except Refused as refused:
        _complain(form, refused)
    return studio.page(request, pictured, 422, sweep=form)


def _begun(request: Request, sweep: Sweep, form: SweepForm, asked: Submission | None = None) -> HttpResponse:
    """To the new sweep, with what had to be changed in the uploads, each once."""
    of_slots = itertools.chain(*(asked.notes.values() if asked else ()))
    of_axes = (note for subjects in form.subjects.values() for each in subjects for note in each.notes)
    for sentence in dict.fromkeys((*of_slots, *of_axes)):
        messages.warning(request, sentence)
    return made(request, sweep)


def _submitted(form: SweepForm, pictured: StudioForm, lent: set[str], request: Request) -> Sweep | None:
    """The new sweep; None where the form complains. Raises Refused."""
    asked, person = pictured.submission, maker_of(request)
    by_name = False
    if form.subjects:
        asked, by_name = _unmasked(asked, pictured)
    for name in form.subjects:
        there = [each for place, each in asked.pictures.items() if place.takes.role == name]
        form.subjects[name] = form.subjects[name][1 if name in lent else 0 :]
        form.put_first(name, list(map(Subject.of, there)))
    recipes = form.recipes(batch.without_weights(asked.recipe, form.axes), _sizes(form, asked.sizes))
    if form.errors:
        return None
    if not form.subjects:
        return submission.submit_sweep(asked, form.axes, recipes, person)
    shared = Shared(submission.ordered(asked, person), by_name)
    return batch.submit(shared, form.axes, form.subjects, recipes, person)


def _unmasked(asked: Submission, pictured: StudioForm) -> tuple[Submission, bool]:
    """What cells of other pictures share, and whether their regions are found by name. Raises Refused."""
    if not asked.painted:
        return asked, pictured.asks_by_name and has_no_regions(asked.recipe)
    if not pictured.asks_by_name:
        raise Refused.at("regions", batch.PAINTED)
    return replace(asked, recipe=asked.recipe.with_changes(regions="none"), painted=()), True


def _filled(request: Request, form: SweepForm) -> tuple[QueryDict, MultiValueDict[str, UploadedFile], set[str]]:
    """The studio's fields, and which of its slots the first picture of an axis fills, since they were empty."""
    fields, files, lent = request.POST.copy(), request.FILES.copy(), set[str]()
    for name, subjects in form.subjects.items():
        if not (fields.get(f"{name}_id") or files.get(name)):
            if not subjects:
                form.miss_pictures(name)
                continue
            source = subjects[0].source
            lent.add(name)
            if isinstance(source, UploadedFile):
                source.seek(0)
                files[name] = source
            elif isinstance(source, Picture | Render):
                fields[f"{name}_id"] = str(source.pk)
    if Role.CONTENT in form.subjects:
        fields["seam"] = "on"  # one of several contents does not decide for the others
    return fields, files, lent


def _sizes(form: SweepForm, shared: Sizes) -> Callable[[Change], Sizes]:
    return lambda change: batch.sizes_of(change, form.axes, form.subjects, shared)


def _complain(form: SweepForm, refused: Refused) -> None:
    for axis in form.axes:
        if axis.is_of_pictures:
            for sentence in refused.faults.pop(axis.field, []) + refused.faults.pop("regions", []):
                form.add_error(f"pictures_{form.number_of(axis)}", sentence)
    for sentences in refused.faults.values():
        for sentence in sentences:
            form.add_error("sweep_at", sentence)


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

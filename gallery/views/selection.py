"""Many pictures at once: tagging, collecting, downloading, deleting with a while to undo it.

The chosen ones are fields `render` or `picture`. Each step is a page of its own that asks what there is to ask; the
browser shows it in a dialog where it can.
"""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as respond
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gallery.accounts.session import maker_of
from gallery.browsing import selecting
from gallery.models import Collection, Picture, Removal, Render, Tag
from gallery.models.querysets import PictureQuerySet, RenderQuerySet
from gallery.pictures.results import archive
from gallery.queueing import removals
from gallery.views.collections import CollectionForm, make
from gallery.views.crediting import CreditForm
from gallery.views.lookup import changeable_or_403
from gallery.views.next_page import back
from gallery.views.request import Request
from transfer import words
from transfer.credits import LICENCES

MOST = 500  # pictures at once
SUGGESTED, OFFERED = 200, 60  # tags, collections
FETCHED = 50  # rows at a time for a ZIP
SURE = "sure"  # the field of a step that was answered


@require_POST
def tag(request: Request) -> HttpResponse:
    """Asks for tags; adds them to those of the chosen renders that are the person's."""
    chosen = _renders(request)
    own, wrong = list(chosen.changeable_by(request.person)), ""
    if SURE in request.POST:
        try:
            names = selecting.tag_names(request.POST.get("tags", ""))
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            full = selecting.add_tags(own, names)
            _tell(request, len(own) - len(full), "tagged")
            if full:
                messages.warning(
                    request, f"{words.counted(len(full), 'render')} would have too many tags, so nothing changed there."
                )
            return back(request, reverse("gallery"))
    suggested = Tag.objects.visible_to(request.person).values_list("name", flat=True)[:SUGGESTED]
    return _step(request, "tag", {"own": own, "others": chosen.count() - len(own), "wrong": wrong, "tags": suggested})


@require_POST
def collect(request: Request) -> HttpResponse:
    """Asks for one of the person's collections or the name of a new one; puts the chosen renders into it."""
    chosen, form = list(_renders(request)), CollectionForm(request.POST if request.POST.get("title") else None)
    which = request.POST.get("collection", "")
    if SURE in request.POST and chosen and (form.is_valid() if form.is_bound else which):
        if form.is_bound:
            collection = make(maker_of(request), form)
        else:
            collection = changeable_or_403(Collection.objects.all(), request.person, _key(which))
        count = selecting.collect(chosen, collection)
        messages.success(request, f"{words.counted(count, 'render')} added to “{collection}”.")
        return back(request, collection.get_absolute_url())
    mine = Collection.objects.visible_to(request.person).belonging_to(request.person)[:OFFERED]
    return _step(
        request, "collect", {"count": len(chosen), "collections": mine, "errors": form.errors.get("title", ())}
    )


@require_POST
def credit(request: Request) -> HttpResponse:
    """Asks whose the chosen pictures are; fields that are left empty change nothing."""
    own = _pictures(request).changeable_by(request.person)
    form = CreditForm(request.POST if SURE in request.POST else None)
    if form.is_valid():
        changes = {name: value for name, value in form.cleaned_data.items() if value}
        count = own.update(**changes) if changes else 0
        _tell(request, count, "changed", "picture")
        return back(request, reverse("pictures"))
    return _step(request, "credit", {"count": own.count(), "form": form, "licences": LICENCES})


@require_POST
def download(request: Request) -> HttpResponseBase:
    """A ZIP of the chosen pictures with their recipes and `credits.csv`, written while it is sent."""
    renders, pictures = _renders(request), _pictures(request)
    if renders.exists():
        found = renders.select_related("owner", "pair__content", "pair__style").prefetch_related("inputs__picture")
        pieces = archive.of_renders(found.iterator(chunk_size=FETCHED))
    elif pictures.exists():
        pieces = archive.of_pictures(pictures.iterator(chunk_size=FETCHED))
    else:
        messages.warning(request, "Choose at least one picture to download.")
        return back(request, reverse("gallery"))
    name = f"stylesite-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


@require_POST
def delete(request: Request) -> HttpResponse:
    """Says what would be deleted and what goes along; once that is answered, lets it be deleted in ten seconds."""
    found = removals.going(request.person, _renders(request), _pictures(request))
    if SURE in request.POST:
        if removals.ask(request.person, found) is None:
            messages.warning(request, "Nothing of yours was chosen, so nothing is deleted.")
        return back(request, reverse("gallery"))
    return _step(request, "delete", {"going": found})


@require_POST
def undo(request: Request) -> HttpResponse:
    """Keeps what was to be deleted."""
    visible = Removal.objects.visible_to(request.person).belonging_to(request.person)
    removal = visible.filter(pk=_key(request.POST.get("removal", ""))).first()
    if removal is not None and removals.undo(removal):
        messages.success(request, "Nothing was deleted.")
    else:
        messages.warning(request, "It was too late to undo that: it is deleted.")
    return back(request, reverse("gallery"))


def _step(request: Request, name: str, context: dict[str, object]) -> HttpResponse:
    """The page of a step, or what stands in the dialog."""
    chosen = [(each, key) for each in ("render", "picture") for key in _keys(request, each)]
    step = f"selection/_{name}.html"
    context |= {"step": step, "chosen": chosen, "next": request.POST.get("next", "")}
    return respond(request, step if request.htmx else "selection/step.html", context)


def _renders(request: Request) -> RenderQuerySet:
    return Render.objects.visible_to(request.person).finished().filter(pk__in=_keys(request, "render"))


def _pictures(request: Request) -> PictureQuerySet:
    return Picture.objects.visible_to(request.person).filter(pk__in=_keys(request, "picture"))


def _keys(request: Request, name: str) -> Sequence[uuid.UUID]:
    """The keys of what was chosen; raises Http404 for what is none."""
    return list(map(_key, request.POST.getlist(name)[:MOST]))


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404("There is no such picture.") from error


def _tell(request: Request, count: int, outcome: str, what: str = "render") -> None:
    if count:
        messages.success(request, f"{words.counted(count, what)} {outcome}.")
    else:
        messages.warning(request, f"Nothing of yours was chosen, so nothing is {outcome}.")

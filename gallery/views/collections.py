"""Collections of renders. Everybody may look; only the owner may change one."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.accounts.person import Person
from gallery.accounts.session import maker_of
from gallery.browsing import collections
from gallery.browsing.marks import favourites_among
from gallery.browsing.paging import entries_after
from gallery.browsing.writing import Lines, OneLine
from gallery.models import Collection, CollectionEntry, Render
from gallery.queueing import removals
from gallery.views.lookup import changeable_or_403, finished_or_404, visible_or_404
from gallery.views.request import Request

SHOWN = 60


class CollectionForm(forms.ModelForm):
    """A collection's name, and what it is about."""

    class Meta:
        model = Collection
        fields = ["title", "description"]
        widgets = {"title": OneLine, "description": Lines({"rows": 2})}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """The person's own collections and everybody's latest; POST makes one."""
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(make(maker_of(request), form))
    visible = Collection.objects.visible_to(request.person).annotate(size=Count("entries"))
    mine = list(visible.belonging_to(request.person)[:SHOWN])
    others = list(visible.exclude(pk__in=[each.pk for each in mine])[:SHOWN])
    collections.give_covers([*mine, *others], request.person, removals.pending().renders)
    context = {"form": form, "mine": mine, "others": others}
    return render(request, "collections/index.html", context, status=422 if form.errors else 200)


@require_safe
def page(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """A collection's renders in its order: the last added first, unless somebody moved one."""
    found = visible_or_404(Collection.objects.select_related("owner"), request.person, collection_id)
    cursor = request.GET.get("after", "")
    pending = removals.pending()
    entries = entries_after(found.entries.visible_to(request.person).without(pending.renders), cursor)
    context = {
        "collection": found,
        "page": entries,
        "pending": pending,
        "first": not cursor,
        "may_change": request.person.may_change(found),
        "may_feature": request.person.is_staff,
        "favourites": favourites_among(request.person, entries.renders),
        "form": CollectionForm(instance=found),
    }
    template = "gallery/_cards.html" if request.htmx else "collections/page.html"
    response = render(request, template, context)
    response.headers["Vary"] = "HX-Request"
    return response


@require_POST
def edit(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """Changes the name or description of the person's collection."""
    found = changeable_or_403(Collection.objects.all(), request.person, collection_id)
    form = CollectionForm(request.POST, instance=found)
    if form.is_valid():
        form.save()
    else:
        messages.error(request, "Give the collection a name of up to 120 letters.")
    return redirect("collection", found.pk)


@require_POST
def delete(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """Deletes the person's collection; its renders stay."""
    changeable_or_403(Collection.objects.all(), request.person, collection_id).delete()
    messages.success(request, "The collection is deleted; its renders stay.")
    return redirect("collections")


@require_POST
def move(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """Moves a `render` in the person's collection: `to` is a direction, or `before` another render."""
    found = changeable_or_403(Collection.objects.all(), request.person, collection_id)
    entries = {str(each.render_id): each for each in found.entries.all()}
    entry, to = entries.get(request.POST.get("render", "")), request.POST.get("to", "")
    before = entries.get(request.POST.get("before", ""))
    if entry is not None and before is not None:
        collections.move_before(entry, before)
    elif entry is not None and to in collections.MOVES:
        collections.move(entry, to)
    return redirect(found)


@require_POST
def feature(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """Shows a collection on the first page, or, with `out`, no longer; for staff."""
    found = visible_or_404(Collection.objects.all(), request.person, collection_id)
    if not request.person.is_staff:
        raise PermissionDenied
    Collection.objects.filter(pk=found.pk).update(featured="out" not in request.POST)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def of_render(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Which of the person's collections contain a finished render.

    POST with `collection` adds it, or with `out` as well removes it; with `title` it starts a new collection with it.
    """
    found = finished_or_404(request.person, render_id)
    form = CollectionForm(request.POST if "title" in request.POST else None)
    person = request.person
    if request.method == "POST":
        person = maker_of(request) if form.is_bound and form.is_valid() else person
        changed = _put(request, person, found, form)
        if changed and not request.htmx:
            return redirect(changed if request.POST.get("next") == "collection" else found)
    entries = CollectionEntry.objects.filter(render=found, collection=OuterRef("pk"))
    mine = Collection.objects.visible_to(person).belonging_to(person)
    collections = list(mine.annotate(has=Exists(entries))[:SHOWN])
    context = {"render": found, "collections": collections, "form": CollectionForm() if form.is_valid() else form}
    template = "collections/_of_render.html" if request.htmx else "collections/of_render.html"
    return render(request, template, context, status=422 if form.errors and not request.htmx else 200)


def _put(request: Request, person: Person, found: Render, form: CollectionForm) -> Collection | None:
    """Does what was posted; returns the changed collection, or None if the name of a new one is invalid."""
    if form.is_bound:
        collection = make(person, form) if form.is_valid() else None
    else:
        key = _identifier(request.POST.get("collection", ""))
        collection = changeable_or_403(Collection.objects.all(), person, key)
    if collection is None:
        return None
    if "out" in request.POST:
        collection.entries.filter(render=found).delete()
    else:
        CollectionEntry.objects.get_or_create(collection=collection, render=found)
    return collection


def _identifier(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise PermissionDenied from error


def make(person: Person, form: CollectionForm) -> Collection:
    """A new collection of this person's, as a valid form describes it."""
    collection: Collection = form.save(commit=False)
    for name, value in person.fields().items():
        setattr(collection, name, value)
    collection.save()
    return collection

"""Collections of renders. Everybody may look; only the owner may change one."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gallery.accounts.person import Person
from gallery.accounts.session import maker_of
from gallery.browsing.paging import entries_after
from gallery.browsing.writing import Lines, OneLine
from gallery.models import Collection, CollectionEntry, Render
from gallery.views.lookup import changeable_or_403, visible_or_404
from gallery.views.request import Request

SHOWN, COVERS = 60, 4


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
        return redirect(_make(maker_of(request), form))
    visible = Collection.objects.visible_to(request.person).annotate(size=Count("entries"))
    mine = list(visible.belonging_to(request.person)[:SHOWN])
    others = list(visible.exclude(pk__in=[each.pk for each in mine])[:SHOWN])
    _give_covers([*mine, *others], request.person)
    context = {"form": form, "mine": mine, "others": others}
    return render(request, "collections/index.html", context, status=422 if form.errors else 200)


@require_safe
def page(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """A collection's renders, the last added first."""
    found = visible_or_404(Collection.objects.select_related("owner"), request.person, collection_id)
    cursor = request.GET.get("after", "")
    context = {
        "collection": found,
        "page": entries_after(found.entries.visible_to(request.person), cursor),
        "first": not cursor,
        "may_change": request.person.may_change(found),
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
        messages.error(request, "A collection needs a name of up to 120 letters.")
    return redirect("collection", found.pk)


@require_POST
def delete(request: Request, collection_id: uuid.UUID) -> HttpResponse:
    """Deletes the person's collection; its renders stay."""
    changeable_or_403(Collection.objects.all(), request.person, collection_id).delete()
    messages.success(request, "The collection is deleted; its renders stay.")
    return redirect("collections")


@require_http_methods(["GET", "HEAD", "POST"])
def of_render(request: Request, render_id: uuid.UUID) -> HttpResponse:
    """Which of the person's collections contain a finished render.

    POST with `collection` adds it, or with `out` as well removes it; with `title` it starts a new collection with it.
    """
    found = visible_or_404(Render.objects.finished().with_pictures(), request.person, render_id)
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
        collection = _make(person, form) if form.is_valid() else None
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


def _make(person: Person, form: CollectionForm) -> Collection:
    collection: Collection = form.save(commit=False)
    for name, value in person.fields().items():
        setattr(collection, name, value)
    collection.save()
    return collection


def _give_covers(collections: list[Collection], person: Person) -> None:
    """Sets each collection's `covers` to its latest few renders, with two queries for all collections."""
    place = Window(RowNumber(), partition_by=[F("collection_id")], order_by=[F("added").desc(), F("pk").desc()])
    visible = CollectionEntry.objects.visible_to(person)
    entries = visible.filter(collection__in=collections, render__status="completed")
    latest = list(entries.annotate(place=place).filter(place__lte=COVERS).order_by("place"))
    renders = Render.objects.for_cards().in_bulk([entry.render_id for entry in latest])
    for collection in collections:
        own = [entry.render_id for entry in latest if entry.collection_id == collection.pk]
        collection.covers = [renders[key] for key in own if key in renders]  # type: ignore[attr-defined]

"""Collections as lists show them, and the order of the renders in one."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from gallery.accounts.person import Person
from gallery.models import Collection, CollectionEntry, Render

COVERS = 4
ON_THE_FIRST_PAGE = 4
MOVES = ("first", "earlier", "later", "last")


def featured(person: Person, going: Sequence[str] = ()) -> list[Collection]:
    """What the first page shows, with covers and sizes, without the renders that are `going`."""
    visible = Collection.objects.visible_to(person).annotate(size=Count("entries"))
    found = list(visible.on_the_first_page()[:ON_THE_FIRST_PAGE])
    if found:
        give_covers(found, person, going)
    return found


def give_covers(collections: Sequence[Collection], person: Person, going: Sequence[str] = ()) -> None:
    """Sets each collection's `covers` to its first few renders, with two queries for all collections."""
    number = Window(RowNumber(), partition_by=[F("collection_id")], order_by=[F("place").desc(), F("pk").desc()])
    visible = CollectionEntry.objects.visible_to(person).without(list(going))
    entries = visible.finished().filter(collection__in=collections)
    first = list(entries.annotate(number=number).filter(number__lte=COVERS).order_by("number"))
    renders = Render.objects.for_cards().in_bulk([entry.render_id for entry in first])
    for collection in collections:
        own = [entry.render_id for entry in first if entry.collection_id == collection.pk]
        collection.covers = [renders[key] for key in own if key in renders]  # type: ignore[attr-defined]


def move(entry: CollectionEntry, to: str) -> None:
    """Moves a render to the front or the end of its collection, or by one place."""
    with transaction.atomic():
        order = _order_around(entry)
        here = next((number for number, each in enumerate(order) if each.pk == entry.pk), None)
        if here is None:
            return
        there = {"first": 0, "earlier": max(0, here - 1), "later": here + 1, "last": len(order)}[to]
        order.insert(there, order.pop(here))
        _number(order)


def move_before(entry: CollectionEntry, other: CollectionEntry) -> None:
    """Moves a render to the place of another one of the same collection."""
    with transaction.atomic():
        order = _order_around(entry)
        keys = [each.pk for each in order]
        if {entry.pk, other.pk} <= set(keys):
            order.insert(keys.index(other.pk), order.pop(keys.index(entry.pk)))
            _number(order)


def _order_around(entry: CollectionEntry) -> list[CollectionEntry]:
    """The finished renders' entries in its collection, in their order; nobody else moves one in this transaction."""
    entries = CollectionEntry.objects.finished().filter(collection=entry.collection_id)
    return list(entries.select_for_update().order_by("-place", "-pk"))


def _number(order: Sequence[CollectionEntry]) -> None:
    """Gives the entries the places they had, in another order, so that what is added later still goes first."""
    places = sorted((each.place for each in order), reverse=True)
    changed = []
    for each, place in zip(order, places, strict=True):
        if each.place != place:
            each.place = place
            changed.append(each)
    CollectionEntry.objects.bulk_update(changed, ["place"], batch_size=200)

"""Keyset pages: the last row of one page leads to the next, so page 1,000 costs no more than page 1."""

import datetime
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import Http404

from gallery.models import Render
from gallery.models.querysets import CollectionEntryQuerySet, RenderQuerySet

PAGE = 24
LARGEST_NUMBER = 2**62


@dataclass(frozen=True)
class SortOrder:
    """The fields that order the rows, all in one direction; together they are unique."""

    fields: tuple[str, ...]
    descending: bool = True

    def by(self) -> list[str]:
        """The arguments for `order_by`."""
        return [f"-{name}" if self.descending else name for name in self.fields]


NEWEST = SortOrder(("created", "id"))
OLDEST = SortOrder(("created", "id"), descending=False)
MOST_LIKED = SortOrder(("likes", "created", "id"))
LARGEST = SortOrder(("area", "created", "id"))
BY_PLACE = SortOrder(("place", "pk"))


@dataclass(frozen=True)
class Page:
    """Some renders in order, and the cursor of the next page; it is empty on the last page."""

    renders: list[Render]
    next: str

    @property
    def more(self) -> str:
        """The query of the next page, if the query holds nothing else."""
        return f"?{urlencode({'after': self.next})}"


def page_after(renders: RenderQuerySet, cursor: str, order: SortOrder = NEWEST) -> Page:
    """The page of `renders` that follows `cursor`, or the first; raises Http404 for an invalid cursor.

    It finds the keys first: one index holds all they need, while rows are large.
    """
    found, following = _keys(renders, cursor, order, "pk")
    return Page(_in_order(found), following)


def entries_after(entries: CollectionEntryQuerySet, cursor: str) -> Page:
    """A page of a collection's finished renders in its order; raises Http404 as above."""
    found, following = _keys(entries.finished(), cursor, BY_PLACE, "render_id")
    return Page(_in_order(found), following)


def _in_order(keys: list[uuid.UUID]) -> list[Render]:
    rows = Render.objects.for_cards().in_bulk(keys)
    prefetch_related_objects([row for row in rows.values() if row.pair_id is None], "inputs__picture")
    return [rows[key] for key in keys if key in rows]


def _keys(rows: QuerySet[Any], cursor: str, order: SortOrder, wanted: str) -> tuple[list[uuid.UUID], str]:
    """The field `wanted` of each row on one page, and the cursor of the next page."""
    if cursor:
        rows = rows.filter(_beyond(order, _parse(cursor, order)))
    found = list(rows.order_by(*order.by()).values_list(wanted, *order.fields)[: PAGE + 1])
    more = len(found) > PAGE
    return [key for key, *_ in found[:PAGE]], cursor_of(found[PAGE - 1][1:]) if more else ""


def _beyond(order: SortOrder, values: list[Any]) -> Q:
    """Rows after those values. The first field has its own bound, so that the index is entered at the right place."""
    (name, *others), (value, *further) = order.fields, values
    side = "lt" if order.descending else "gt"
    after = Q(**{f"{name}__{side}": value})
    if not others:
        return after
    rest = _beyond(SortOrder(tuple(others), order.descending), further)
    return Q(**{f"{name}__{side}e": value}) & (after | rest)


def cursor_of(values: tuple[Any, ...]) -> str:
    """The cursor that leads on from a row with these values in the order's fields."""
    return "_".join(value.isoformat() if isinstance(value, datetime.datetime) else str(value) for value in values)


def _parse(cursor: str, order: SortOrder) -> list[Any]:
    words = cursor.split("_")
    try:
        return [_PARSERS[name](word) for name, word in zip(order.fields, words, strict=True)]
    except (ValueError, OverflowError) as error:
        raise Http404("There is no such page.") from error


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.astimezone(datetime.UTC)


def _number(text: str) -> int:
    if not 0 <= int(text) < LARGEST_NUMBER:
        raise ValueError("out of range")
    return int(text)


def _fraction(text: str) -> float:
    if not math.isfinite(found := float(text)):
        raise ValueError("out of range")
    return found


_PARSERS: dict[str, Callable[[str], Any]] = {
    "created": _moment,
    "place": _fraction,
    "id": uuid.UUID,
    "pk": _number,
    "likes": _number,
    "area": _number,
}

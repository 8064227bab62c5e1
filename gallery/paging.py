"""Keyset pages: a page is found by the last row of the one before, so page 1,000 costs what page 1 does."""

import datetime
import uuid
from dataclasses import dataclass

from django.http import Http404

from gallery.models import Render
from gallery.querysets import RenderQuerySet

PAGE = 24


@dataclass(frozen=True)
class Page:
    """Some renders, newest first, and the cursor of the next page, empty on the last."""

    renders: list[Render]
    next: str


def page_after(renders: RenderQuerySet, cursor: str) -> Page:
    """The page of `renders` that follows `cursor`, or the first; raises Http404 for a cursor that is none."""
    if cursor:
        renders = renders.older_than(*_parse(cursor))
    found = list(renders[: PAGE + 1])
    more = len(found) > PAGE
    return Page(found[:PAGE], _cursor(found[PAGE - 1]) if more else "")


def _cursor(render: Render) -> str:
    return f"{render.created.isoformat()}_{render.id}"


def _parse(cursor: str) -> tuple[datetime.datetime, uuid.UUID]:
    moment, _, identifier = cursor.partition("_")
    try:
        created = datetime.datetime.fromisoformat(moment)
        if created.tzinfo is None:
            raise ValueError("no time zone")
        return created.astimezone(datetime.UTC), uuid.UUID(identifier)
    except (ValueError, OverflowError) as error:
        raise Http404("There is no such page of the gallery.") from error

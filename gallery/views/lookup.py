"""The row that an address names, for the person who asks: every view gets its rows here; and the kind of work."""

import uuid
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.models.owned import Owned
from transfer.errors import KindError
from transfer.kinds import STYLE, Kind, kind_named

Thing = TypeVar("Thing", bound=Model, covariant=True)
OwnedThing = TypeVar("OwnedThing", bound=Owned)


class Rows(Protocol[Thing]):
    """Rows, some of which a person may see."""

    def visible_to(self, person: Person) -> QuerySet[Thing, Any]:
        """The rows that this person may see."""


def visible_or_404(rows: Rows[Thing], person: Person, key: uuid.UUID) -> Thing:
    """The row with this key. Raises Http404 unless there is one that this person may see."""
    found: Thing = get_object_or_404(rows.visible_to(person), pk=key)
    return found


def finished_or_404(person: Person, key: uuid.UUID) -> Render:
    """The finished render with this key and its pictures. Raises Http404 likewise."""
    return visible_or_404(Render.objects.finished().with_pictures(), person, key)


def changeable_or_403(rows: Rows[OwnedThing], person: Person, key: uuid.UUID) -> OwnedThing:
    """The same, to change it. Raises PermissionDenied if the person may see the row but not change it."""
    found = visible_or_404(rows, person, key)
    if not person.may_change(found):
        raise PermissionDenied
    return found


def kind_or_404(fields: Mapping[str, str]) -> Kind:
    """The kind of work that a form or an address names; style transfer by default. Raises Http404."""
    try:
        return kind_named(fields.get("kind") or STYLE.name)
    except KindError as error:
        raise Http404(str(error)) from error

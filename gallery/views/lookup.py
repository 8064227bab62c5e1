"""The row that an address names, for the person who asks: the way by which views reach rows."""

import uuid
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from gallery.accounts.person import Person
from gallery.models.owned import Owned

Thing = TypeVar("Thing", bound=Model, covariant=True)
OwnedThing = TypeVar("OwnedThing", bound=Owned)


class Rows(Protocol[Thing]):
    """Rows of which a person may see some."""

    def visible_to(self, person: Person) -> QuerySet[Thing, Any]:
        """Those that this person may see."""


def visible_or_404(rows: Rows[Thing], person: Person, key: uuid.UUID) -> Thing:
    """The row with this key. Raises Http404 where there is none that this person may see."""
    found: Thing = get_object_or_404(rows.visible_to(person), pk=key)
    return found


def changeable_or_403(rows: Rows[OwnedThing], person: Person, key: uuid.UUID) -> OwnedThing:
    """The same, to be changed. Raises PermissionDenied for a person who may see the row and not change it."""
    found = visible_or_404(rows, person, key)
    if not person.may_change(found):
        raise PermissionDenied
    return found

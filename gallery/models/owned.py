"""Whose a row is, and the one place that says which rows a person may look at and which they may change."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gallery.accounts.person import Person

Row = TypeVar("Row", bound=models.Model)


def visible(person: "Person", owned: str = "") -> Q:
    """What this person may look at: everything, since everything is public.

    `owned` leads from the rows that are asked for to those that somebody owns, as "collection__" does. A rule that
    asks who the person is makes the answer vary with their cookie; one that does not leaves it to be cached by anybody.
    """
    return Q()


def changeable(person: "Person", owned: str = "") -> Q:
    """What this person may change, cancel or delete: their own, and to staff everything."""
    if person.is_staff:
        return Q()
    whose = Q(**{f"{owned}owner": person.user}) if person.user else Q(pk__in=())
    if person.visitor:
        whose |= Q(**{f"{owned}visitor": person.visitor})
    return whose


def owns(person: "Person", thing: "Owned") -> bool:
    """Whether this person made `thing`."""
    is_users = person.user is not None and thing.owner_id == person.user.pk
    return is_users or (bool(person.visitor) and thing.visitor == person.visitor)


def may_change(person: "Person", thing: "Owned") -> bool:
    """Whether this person may change, cancel or delete `thing`: what `changeable` says of rows, said of one."""
    return person.is_staff or owns(person, thing)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that belong to somebody."""

    def visible_to(self, person: "Person") -> Self:
        """Those that this person may look at."""
        return self.filter(visible(person))

    def changeable_by(self, person: "Person") -> Self:
        """Those that this person may change, cancel or delete."""
        return self.filter(changeable(person))

    def without(self, keys: Collection[str]) -> Self:
        """Without those that have one of these keys. Without keys, the query is what it was."""
        return self.exclude(pk__in=keys) if keys else self

    def belonging_to(self, person: "Person") -> Self:
        """This person's own."""
        return self.filter(**person.fields()) if person.is_known else self.none()


class Owned(models.Model):
    """Belongs to a user, or else to the visitor whose session made it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=32, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True

"""Whose turn it is: the one order in which waiting renders are claimed, and by which positions and forecasts go."""

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from gallery.models.owned import OwnedQuerySet
from gallery.models.queued import Status

if TYPE_CHECKING:
    from gallery.models import Render
else:
    Render = models.Model

SMALL = 512  # px: up to here a render takes seconds, and goes before larger ones
IS_SMALL = Q(image_size__lte=SMALL, is_long=False)  # as `is_small` says of one
RECENTLY = datetime.timedelta(hours=1)  # work done longer ago no longer counts against a person
Payer = tuple[object, str]  # the id of a user, or None and what tells visitors apart
NOT_YET_COUNTED = 10.0  # seconds of work of a running render that may not be on its lease yet


def is_small(image_size: int, is_long: bool) -> bool:
    """Whether a render of this long side takes so little time that it need not wait for larger ones."""
    return image_size <= SMALL and not is_long


class TurnQuerySet(OwnedQuerySet["Render"]):
    """Renders that wait for their turn."""

    def lasting(self) -> Self:
        """Renders that stay: all but the previews in studios, which nobody sees but the studio that asked."""
        return self.filter(wanted_until=None)

    def passing(self) -> Self:
        """Previews in studios."""
        return self.filter(wanted_until__isnull=False)

    def claimable(self) -> Self:
        """Renders that a worker may take, and previews that somebody still waits for."""
        is_wanted = Q(wanted_until=None) | Q(wanted_until__gte=timezone.now())
        return self.filter(is_wanted, status=Status.PENDING, paused=False)

    def awaited(self) -> Self:
        """Previews that a worker may take, the oldest first: they go before all else."""
        return self.claimable().passing().order_by("place", "created", "id")

    def waiting(self, spent: dict[Payer, float] | None = None) -> Self:
        """Renders that a worker may take, the next one first: the one order that claiming and positions go by.

        Priority goes first; then small renders before larger ones; then what made room for a preview; then the person
        for whom the least was painted lately; then that person's own order. Previews are not in it. `spent` is what
        `spent_lately` gave a moment ago, if that is known.
        """
        spent = self.spent_lately() if spent is None else spent
        ordered = self.claimable().lasting().alias(spent_lately=_spent_by_its_person(spent))
        return ordered.order_by("-priority", _is_large(), "-yielded", "spent_lately", "place", "created", "id")

    def spent_lately(self) -> dict[Payer, float]:
        """The seconds that were lately painted, or are being painted, for each person, by `Person.payer`.

        A union, since each part has an index of its own: what is being painted counts however long ago it was begun.
        It is added up here, since SQLite would group along the index of owners, and read every row there is.
        """
        payer = Case(
            When(owner__isnull=False, then=Value("")), When(counted_as="", then="visitor"), default="counted_as"
        )
        everything = self.model._default_manager.filter(wanted_until=None).annotate(payer=payer).order_by()
        recent = everything.filter(last_painted__gte=timezone.now() - RECENTLY).exclude(status=Status.IN_PROGRESS)
        running = everything.filter(status=Status.IN_PROGRESS)
        on_the_lease = Coalesce(F("lease__painted_seconds"), 0.0) + NOT_YET_COUNTED
        parts = (
            rows.annotate(spent=F("painted_seconds") + more).values_list("owner", "payer", "spent")
            for rows, more in ((recent, Value(0.0)), (running, on_the_lease))
        )
        spent: dict[Payer, float] = defaultdict(float)
        for owner, name, seconds in next(parts).union(*parts, all=True):
            spent[owner, name] += seconds
        return spent

    def equals_of(self, render: "Render") -> Self:
        """The waiting renders among which only `place` decides: one person's, of one priority, small or large."""
        equals = (
            self.claimable()
            .lasting()
            .filter(
                IS_SMALL if render.is_small else ~IS_SMALL,
                owner=render.owner_id,
                visitor=render.visitor,
                counted_as=render.counted_as,
                priority=render.priority,
            )
        )
        return equals.order_by("place", "created", "id")

    def small(self) -> Self:
        """Renders that take so little time that they need not wait for larger ones."""
        return self.filter(IS_SMALL)

    def large(self) -> Self:
        """Renders that small ones go before."""
        return self.exclude(IS_SMALL)


def _is_large() -> Case:
    return Case(When(IS_SMALL, then=Value(0)), default=Value(1))


def _spent_by_its_person(spent: dict[Payer, float]) -> Case:
    """For each render, the seconds that were lately painted, or are being painted, for the person it belongs to."""
    nothing = F("place") * Value(0.0)  # PostgreSQL does not order by a constant
    whose = [When(_is_paid_by(payer), then=Value(seconds)) for payer, seconds in spent.items()]
    return Case(*whose, default=nothing, output_field=models.FloatField())


def _is_paid_by(payer: Payer) -> Q:
    owner, name = payer
    if owner is not None:
        return Q(owner=owner)
    by_session = Q(counted_as="", visitor=name)
    return Q(owner__isnull=True) & (by_session | Q(counted_as=name) if name else by_session)

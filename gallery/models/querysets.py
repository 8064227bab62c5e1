"""The names of queries, so that they read as sentences where they are used."""

import datetime
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Sum, Value, When
from django.utils import timezone

if TYPE_CHECKING:
    from gallery.models import Pair, Picture, Render, Worker
else:
    Worker = Pair = Picture = Render = models.Model

SMALL = 512  # px: up to here a render takes seconds, and goes before larger ones
RECENTLY = datetime.timedelta(hours=1)  # work done longer ago no longer counts against a person
LEASE = datetime.timedelta(seconds=90)
CLOCKS_DIFFER_BY = datetime.timedelta(seconds=60)  # at most, between machines that share a database
ALIVE_WITHIN = datetime.timedelta(seconds=60)
NOT_YET_COUNTED = 10.0  # seconds of work of a running render that may not be on its row yet


class PairQuerySet(models.QuerySet["Pair"]):
    """Pairs."""

    def with_pictures(self) -> Self:
        """Content and style come along."""
        return self.select_related("content", "style")

    def of(self, picture: "Picture") -> Self:
        """Pairs that use `picture` as content or as style."""
        return self.filter(Q(content=picture) | Q(style=picture))


class RenderQuerySet(models.QuerySet["Render"]):
    """Renders."""

    def with_pictures(self) -> Self:
        """Pair, content and style come along."""
        return self.select_related("pair__content", "pair__style")

    def for_cards(self) -> Self:
        """What a card shows comes along, and no more."""
        return self.select_related("owner", "pair__content", "pair__style").only(
            *("id", "width", "height", "title", "likes", "created", "owner__username", "output", "pair__id"),
            *(
                f"{of}{name}"
                for of in ("", "pair__content__", "pair__style__")
                for name in ("thumbnail", "thumbnail_width", "thumbnail_height", "thumbnail_widths", "placeholder")
            ),
            *(f"pair__{part}__{name}" for part in ("content", "style") for name in ("name", "sha256")),
        )

    def of_picture(self, picture: "Picture") -> Self:
        """Renders that `picture` goes into, whatever for."""
        return self.filter(pk__in=picture.uses.values("render_id"))

    def finished(self) -> Self:
        """Renders that have a picture to show."""
        return self.filter(status="completed")

    def in_gallery(self) -> Self:
        """Finished renders for everybody: of those in a sweep, only what somebody liked, or gave a title."""
        return self.filter(in_gallery=1)

    def expendable(self) -> Self:
        """Renders that nobody marked, named or made another one of: they go when their sweep goes."""
        marked = Q(likes__gt=0) | ~Q(title="") | Q(favourites__isnull=False) | Q(collections__isnull=False)
        precious = self.model._default_manager.filter(marked | Q(children__isnull=False))
        return self.exclude(pk__in=precious.values("pk"))

    def claimable(self) -> Self:
        """Renders that a worker may take."""
        return self.filter(status="pending", paused=False)

    def waiting(self) -> Self:
        """Renders that a worker may take, the next one first: the one order that claiming and positions go by.

        Priority goes first; then small renders before larger ones; then the person for whom the least was painted
        lately; then that person's own order.
        """
        ordered = self.claimable().alias(spent_lately=self._spent_by_its_person())
        return ordered.order_by("-priority", _is_large(), "spent_lately", "place", "created", "id")

    def spent_by(self, owner: object, visitor: str) -> float:
        """The seconds that were lately painted, or are being painted, for a person."""
        whose = self._lately_painted().filter(_belongs_to(owner, visitor))
        return float(whose.aggregate(spent=_spent())["spent"] or 0.0)

    def paused(self) -> Self:
        """Renders that wait until somebody resumes them, the oldest first."""
        return self.filter(status="pending", paused=True).order_by("created", "id")

    def equals_of(self, render: "Render") -> Self:
        """The waiting renders among which only `place` decides: one person's, of one priority, small or large."""
        small = Q(image_size__lte=SMALL)
        equals = self.claimable().filter(
            small if render.image_size <= SMALL else ~small,
            owner=render.owner_id,
            visitor=render.visitor,
            priority=render.priority,
        )
        return equals.order_by("place", "created", "id")

    def running(self) -> Self:
        """Renders that a worker holds, the oldest first."""
        return self.filter(status="in_progress").order_by("started", "id")

    def small(self) -> Self:
        """Renders of so few pixels that they need not wait for larger ones."""
        return self.filter(image_size__lte=SMALL)

    def large(self) -> Self:
        """Renders that small ones go before."""
        return self.filter(image_size__gt=SMALL)

    def unfinished(self) -> Self:
        """Renders that wait or run."""
        return self.filter(status__in=("pending", "in_progress"))

    def failed(self) -> Self:
        """Renders that could not be painted, the latest first."""
        return self.filter(status="failed").order_by("-finished", "-id")

    def without_a_picture(self) -> Self:
        """Renders that are over and may be tried again."""
        return self.filter(status__in=("failed", "canceled"))

    def older_than(self, created: datetime.datetime, identifier: uuid.UUID) -> Self:
        """Renders after a place in the newest-first order."""
        return self.filter(Q(created__lt=created) | Q(created=created, id__lt=identifier))

    def newer_than(self, created: datetime.datetime, identifier: uuid.UUID) -> Self:
        """Renders before a place in the newest-first order."""
        return self.filter(Q(created__gt=created) | Q(created=created, id__gt=identifier))

    def held_by(self, worker: str) -> Self:
        """Renders in progress that were claimed under this worker's name."""
        return self.running().filter(worker=worker)

    def held_by_attempt(self, render: "Render") -> Self:
        """`render`'s row, as long as the attempt that `render` was claimed under holds it: the fence."""
        return self.filter(pk=render.pk, status="in_progress", attempt=render.attempt)

    def stale(self) -> Self:
        """Renders in progress whose worker was not heard of for a whole lease.

        A lease that ends further away than any lease can was given before the clock was set back. Nobody would miss
        its worker for as long as the clock jumped, so it counts as run out. Where the clock jumps, either way, a
        render whose worker lives may be handed back. That costs a repeated attempt and never a second publication:
        the next claim counts the attempt up, and the fence compares attempts, not times.
        """
        now = timezone.now()
        run_out = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return self.running().filter(run_out | Q(lease_until__gt=now + LEASE + CLOCKS_DIFFER_BY))

    def let_wait_again(self, **changes: object) -> int:
        """Puts renders that were claimed back among those that wait; gives their number."""
        free = {"status": "pending", "worker": "", "started": None, "lease_until": None}
        return self.order_by().update(**free, **changes)

    def _lately_painted(self) -> "RenderQuerySet":
        recent: RenderQuerySet = self.model._default_manager.filter(last_painted__gte=timezone.now() - RECENTLY)
        return recent.order_by()

    def _spent_by_its_person(self) -> Case:
        """For each render, the seconds that were lately painted, or are being painted, for the person it belongs to."""
        spent = self._lately_painted().values_list("owner", "visitor").annotate(spent=_spent())
        nothing = F("place") * Value(0.0)  # PostgreSQL does not order by a constant
        whose = [When(_belongs_to(owner, visitor), then=Value(seconds)) for owner, visitor, seconds in spent]
        return Case(*whose, default=nothing, output_field=models.FloatField())


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers."""

    def alive(self) -> Self:
        """Workers that were heard of lately."""
        return self.filter(seen__gte=timezone.now() - ALIVE_WITHIN)

    def long_gone(self) -> Self:
        """Workers that were not heard of for a day."""
        return self.filter(seen__lt=timezone.now() - datetime.timedelta(days=1))


def _spent() -> Sum:
    uncounted = Case(When(status="in_progress", then=Value(NOT_YET_COUNTED)), default=Value(0.0))
    return Sum(F("painted_seconds") + uncounted, output_field=models.FloatField())


def _is_large() -> Case:
    return Case(When(image_size__gt=SMALL, then=Value(1)), default=Value(0))


def _belongs_to(owner: object, visitor: str) -> Q:
    return Q(owner__isnull=True, visitor=visitor) if owner is None else Q(owner=owner)

"""The names of queries, so that they read as sentences where they are used."""

import datetime
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from gallery.models.leases import Lease
from gallery.models.owned import OwnedQuerySet, Row, visible
from gallery.models.queued import Status
from gallery.models.turns import TurnQuerySet

if TYPE_CHECKING:
    from gallery.accounts.person import Person
    from gallery.models import Collection, CollectionEntry, Favourite, Pair, Picture, Render, Tag, Worker
else:
    Collection = CollectionEntry = Favourite = Tag = Worker = Pair = Picture = Render = models.Model

DESCRIBED_BY = ("name", "author", "source", "licence")
MOST_WORDS = 8  # of a search that count
ALIVE_WITHIN = datetime.timedelta(seconds=60)


class PictureQuerySet(OwnedQuerySet["Picture"]):
    """Pictures."""

    def lasting(self) -> Self:
        """Pictures that stay: all but those that only previews in studios use."""
        return self.filter(wanted_until=None)

    def passing(self) -> Self:
        """Pictures that only previews in studios use."""
        return self.filter(wanted_until__isnull=False)

    def found_by(self, words: str) -> Self:
        """Those in whose name, author, source or licence all of these words occur."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            either = (Q(**{f"{name}__icontains": word}) for name in DESCRIBED_BY)
            found = found.filter(Q(*either, _connector=Q.OR))
        return found


class PairQuerySet(models.QuerySet["Pair"]):
    """Pairs."""

    def visible_to(self, person: "Person") -> Self:
        """Pairs of which this person may look at both pictures."""
        return self.filter(visible(person, "content__") & visible(person, "style__"))

    def with_pictures(self) -> Self:
        """Content and style come along."""
        return self.select_related("content", "style")

    def of(self, picture: "Picture") -> Self:
        """Pairs that use `picture` as content or as style."""
        return self.filter(Q(content=picture) | Q(style=picture))


class TagQuerySet(models.QuerySet["Tag"]):
    """Tags."""

    def visible_to(self, person: "Person") -> Self:
        """Tags of renders that this person may look at."""
        return self.filter(visible(person, "renders__"))


class FavouriteQuerySet(OwnedQuerySet["Favourite"]):
    """Favourites."""

    def visible_to(self, person: "Person") -> Self:
        """This person's own: favourites are nobody else's business."""
        return self.belonging_to(person)


class CollectionQuerySet(OwnedQuerySet["Collection"]):
    """Collections."""

    def on_the_first_page(self) -> Self:
        """Those that staff have featured, in the order of the first page."""
        return self.filter(featured=True).order_by("place", "-created", "-id")


class CollectionEntryQuerySet(models.QuerySet["CollectionEntry"]):
    """Entries of collections."""

    def visible_to(self, person: "Person") -> Self:
        """Entries of which this person may look at the collection and at the render."""
        return self.filter(visible(person, "collection__") & visible(person, "render__"))

    def finished(self) -> Self:
        """Entries whose render has a picture to show."""
        return self.filter(render__status=Status.COMPLETED)

    def without(self, renders: list[str]) -> Self:
        """Without those of these renders."""
        return self.exclude(render__in=renders) if renders else self


class PartQuerySet(models.QuerySet[Row]):
    """Rows that hang on a render."""

    def visible_to(self, person: "Person") -> Self:
        """Those of renders that this person may look at."""
        return self.filter(visible(person, "render__"))


class RenderQuerySet(TurnQuerySet):
    """Renders."""

    def with_pictures(self) -> Self:
        """Pair, content and style come along."""
        return self.select_related("pair__content", "pair__style")

    def with_parent_for(self, person: "Person") -> Self:
        """The parent comes along, or None in its place where this person may not look at it."""
        return self.prefetch_related(models.Prefetch("parent", self.model._default_manager.visible_to(person)))

    def for_cards(self) -> Self:
        """What a card shows comes along, and no more."""
        return self.select_related("owner", "pair__content", "pair__style").only(
            *("id", "width", "height", "film_seconds", "title", "likes", "created", "owner__username", "output"),
            *("pair__id", "recipe_json"),
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
        return self.filter(status=Status.COMPLETED)

    def in_gallery(self) -> Self:
        """Finished renders for everybody: of those in a sweep, only what somebody liked, or gave a title."""
        return self.filter(in_gallery=1)

    def expendable(self) -> Self:
        """Renders that nobody marked, named or made another one of: they go when their sweep goes."""
        nobody = self.filter(likes=0, title="")
        for name in ("favourites", "collections", "children"):
            marked = self.model._default_manager.filter(pk=OuterRef("pk"), **{f"{name}__isnull": False})
            nobody = nobody.exclude(Exists(marked.order_by()))
        return nobody

    def paused(self) -> Self:
        """Renders that wait until somebody resumes them, the oldest first."""
        return self.lasting().filter(status=Status.PENDING, paused=True).order_by("created", "id")

    def held(self) -> Self:
        """Renders and previews that a worker holds, the oldest first."""
        return self.filter(status=Status.IN_PROGRESS).order_by("started", "id")

    def running(self) -> Self:
        """Renders that a worker holds, the oldest first."""
        return self.lasting().held()

    def unfinished(self) -> Self:
        """Renders that wait or run."""
        return self.lasting().filter(status__in=(Status.PENDING, Status.IN_PROGRESS))

    def failed(self) -> Self:
        """Renders that could not be painted, the latest first."""
        return self.lasting().filter(status=Status.FAILED).order_by("-finished", "-id")

    def without_a_picture(self) -> Self:
        """Renders that are over and may be tried again."""
        return self.lasting().filter(status__in=(Status.FAILED, Status.CANCELED))

    def older_than(self, created: datetime.datetime, identifier: uuid.UUID) -> Self:
        """Renders after a place in the newest-first order."""
        return self.filter(Q(created__lt=created) | Q(created=created, id__lt=identifier))

    def newer_than(self, created: datetime.datetime, identifier: uuid.UUID) -> Self:
        """Renders before a place in the newest-first order."""
        return self.filter(Q(created__gt=created) | Q(created=created, id__gt=identifier))

    def held_by(self, worker: str) -> Self:
        """What is in progress and was claimed under this worker's name."""
        return self.held().filter(worker=worker)

    def held_by_attempt(self, render: "Render") -> Self:
        """`render`'s row, as long as the attempt that `render` was claimed under holds it: the fence."""
        return self.filter(pk=render.pk, status=Status.IN_PROGRESS, attempt=render.attempt)

    def stale(self) -> Self:
        """What is in progress and whose worker was not heard of for a whole lease.

        Where a clock jumps, either way, a render whose worker lives may be handed back. That costs a repeated attempt
        and never a second publication: the next claim counts the attempt up, and the fence compares attempts, not
        times.
        """
        return self.held().filter(~Exists(Lease.objects.current().filter(render=OuterRef("pk"))))

    def renew_lease(self, painted_seconds: float) -> int:
        """Renews the leases of these renders, and counts the seconds painted since then; gives their number.

        One UPDATE, which writes to no row of a render.
        """
        return Lease.objects.filter(render__in=self.order_by().values("pk")).renew(painted_seconds)

    def let_wait_again(self, **changes: object) -> int:
        """Puts renders that were claimed back among those that wait; gives their number."""
        return self._let_go(status=Status.PENDING, worker="", started=None, **changes)

    def end(self, status: str, **changes: object) -> int:
        """Ends renders, whether or not somebody holds them; gives their number."""
        return self._let_go(status=status, finished=timezone.now(), paused=False, **changes)

    def _let_go(self, **changes: object) -> int:
        """Changes the rows, adds to them what was painted under their leases, and deletes the leases.

        The rows are locked first, so that one which somebody else has changed meanwhile, and which is not asked for
        any more, is left alone. Whoever writes to a render and its lease locks the render first.
        """
        lease = Lease.objects.filter(render=OuterRef("pk"))
        counted = {
            "painted_seconds": F("painted_seconds") + Coalesce(Subquery(lease.values("painted_seconds")), 0.0),
            "last_painted": Coalesce(Subquery(lease.values("counted")), F("last_painted")),
        }
        with transaction.atomic():
            keys = list(self.order_by().select_for_update().values_list("pk", flat=True))
            leases = Lease.objects.filter(render__in=keys)
            list(leases.select_for_update())  # so that no heartbeat comes between reading and deleting them
            self.model._default_manager.filter(pk__in=keys).update(**{**counted, **changes})
            leases.delete()
        return len(keys)


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers."""

    def alive(self) -> Self:
        """Workers that were heard of lately."""
        return self.filter(seen__gte=timezone.now() - ALIVE_WITHIN)

    def have(self, network: str) -> bool:
        """Whether one of them has reported the weights of a backbone."""
        return any(network in (there or ()) for there in self.values_list("networks", flat=True))

    def long_gone(self) -> Self:
        """Workers that were not heard of for a day."""
        return self.filter(seen__lt=timezone.now() - datetime.timedelta(days=1))

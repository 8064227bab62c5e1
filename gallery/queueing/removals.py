"""Deleting many at once, which can be undone for a while.

Nothing is deleted when somebody asks: what is going is on no list any more, and a row says until when that can be
undone. Then whoever comes first carries it out: a worker that looks after the queue, or the next request.
"""

import contextlib
import datetime
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gallery.accounts.person import Person
from gallery.models import Picture, Removal, Render
from gallery.models.querysets import PictureQuerySet, RenderQuerySet
from gallery.queueing import deletion

UNDO_WITHIN = datetime.timedelta(seconds=10)
SECONDS_FOR_A_PAGE = 0.5
TAKEN_OVER_AFTER = datetime.timedelta(seconds=60)  # where whoever carries it out does not get on


@dataclass(frozen=True)
class Going:
    """What would be deleted, and what would go along.

    `renders` were chosen, `made_of` are the person's other renders of the chosen pictures, `in_sweeps` is how many
    of all these are cells of sweeps. `kept` stay because other people's renders use them, `of_others` belong to others.
    """

    renders: list[Render]
    pictures: list[Picture]
    made_of: tuple[Render, ...] = ()
    in_sweeps: int = 0
    kept: tuple[Picture, ...] = ()
    of_others: int = 0

    def __bool__(self) -> bool:
        return bool(self.renders or self.pictures)


@dataclass(frozen=True)
class Pending:
    """All that people have asked to delete and that is still there."""

    rows: tuple[Removal, ...]

    @property
    def renders(self) -> list[str]:
        """The keys of the renders that are going."""
        return [key for row in self.rows for key in row.renders]

    @property
    def pictures(self) -> list[str]:
        """The keys of the pictures that are going."""
        return [key for row in self.rows for key in row.pictures]

    def undoable_by(self, person: Person) -> list[Removal]:
        """What this person can still undo, the first one first."""
        own = (row for row in self.rows if person.owns(row) and not row.begun)
        return sorted(own, key=lambda row: row.due)


def pending() -> Pending:
    """What is going, for a page that leaves it out; what is due is carried out first, as far as time allows."""
    rows, now = tuple(Removal.objects.all()), timezone.now()
    if any(row.due <= now for row in rows):
        with contextlib.suppress(OSError):  # the storage is away, and a worker tries again
            carry_out_due(SECONDS_FOR_A_PAGE)
        rows = tuple(Removal.objects.all())
    return Pending(rows)


def going(person: Person, renders: RenderQuerySet, pictures: PictureQuerySet) -> Going:
    """What of these the person may delete, and what would go along."""
    own_renders = list(renders.changeable_by(person))
    own_pictures = list(pictures.changeable_by(person))
    used_by_others = _used_by_others(person, own_pictures)
    free = [picture for picture in own_pictures if picture.pk not in used_by_others]
    along = Render.objects.filter(inputs__picture__in=free).exclude(pk__in=[each.pk for each in own_renders]).distinct()
    made_of = tuple(along.only("pk", "sweep"))
    return Going(
        own_renders,
        free,
        made_of=made_of,
        in_sweeps=sum(each.sweep_id is not None for each in (*own_renders, *made_of)),
        kept=tuple(picture for picture in own_pictures if picture.pk in used_by_others),
        of_others=renders.count() + pictures.count() - len(own_renders) - len(own_pictures),
    )


def ask(person: Person, what: Going) -> Removal | None:
    """Has these deleted, unless the person undoes it in time; None where there is nothing to delete."""
    if not what:
        return None
    return Removal.objects.create(
        renders=[str(each.pk) for each in (*what.renders, *what.made_of)],
        pictures=[str(each.pk) for each in what.pictures],
        due=timezone.now() + UNDO_WITHIN,
        **person.fields(),
    )


def undo(removal: Removal) -> bool:
    """Keeps what was to be deleted; False where it is too late."""
    return bool(Removal.objects.can_be_undone().filter(pk=removal.pk).delete()[0])


def carry_out_due(seconds: float | None = None) -> None:
    """Deletes what is due, one after another; whoever comes next goes on where `seconds` are not enough."""
    until = None if seconds is None else time.monotonic() + seconds
    for removal in Removal.objects.due():
        if not _taken(removal):
            continue
        person = Person(removal.owner, removal.visitor)
        if not _finished(_deletions(person, removal), until):
            Removal.objects.filter(pk=removal.pk).update(due=timezone.now())
            return
        removal.delete()


def _taken(removal: Removal) -> bool:
    later = timezone.now() + TAKEN_OVER_AFTER
    return bool(Removal.objects.filter(pk=removal.pk, due=removal.due).update(begun=True, due=later))


def _deletions(person: Person, removal: Removal) -> Iterable[None]:
    """Deletes one after another, each time it is asked for the next. What was made of it meanwhile has its say."""
    for key in removal.renders:
        render = Render.objects.select_related("pair").filter(pk=key).first()
        if render is not None and person.may_change(render):
            deletion.delete_render(render)
        yield
    for key in removal.pictures:
        picture = Picture.objects.filter(pk=key).first()
        if picture is not None:
            with contextlib.suppress(deletion.InUse, PermissionDenied):
                deletion.delete_picture(person, picture)
        yield


def _finished(steps: Iterable[None], until: float | None) -> bool:
    return all(until is None or time.monotonic() <= until for _ in steps)


def _used_by_others(person: Person, pictures: list[Picture]) -> set[object]:
    """The keys of those pictures that renders use which this person may not change."""
    found = Render.objects.filter(inputs__picture__in=pictures)
    others = found.exclude(pk__in=found.changeable_by(person).values("pk"))
    return set(others.values_list("inputs__picture", flat=True))

"""A film that several workers paint: its segments as rows, of which each worker takes one after another.

The worker that holds the film's row lays them out, paints, and waits for what others have taken. Whoever has nothing
else to do helps. A segment belongs to who took it last, as long as they are heard of: another one's is thrown away.
"""

import contextlib
import time
import uuid
from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

from django.core.files.storage import default_storage
from django.db.models import F, Sum
from django.utils import timezone

from gallery.models import Render
from gallery.models import Segment as Row
from gallery.models.segments import HELD_FOR, WAITS, SegmentQuerySet
from gallery.painting.local import Local
from gallery.painting.retrying import retrying
from gallery.pictures import blobs
from gallery.queueing import crashes, queue
from gallery.queueing.trouble import DATABASE_TROUBLE
from gallery.queueing.workers import live_workers
from transfer.film.desk import Parts
from transfer.film.recipe import FilmRecipe
from transfer.film.segments import Segment
from transfer.film.shots import Shot

Result = TypeVar("Result")
RENEW_EVERY = HELD_FOR.total_seconds() / 4


class SharedDesk:
    """The `transfer.film.desk.Desk` of a render's film, for one who paints it. A database that is away is waited for,
    unless that `is_pointless`."""

    def __init__(self, row: Render, local: Local, is_pointless: Callable[[], object] = lambda: None) -> None:
        self.row, self.local, self.is_pointless = row, local, is_pointless
        self._holder, self._renewed = "", 0.0
        recipe = row.recipe
        self._in_turn = isinstance(recipe, FilmRecipe) and recipe.is_painted  # within a shot

    def segments(self) -> Sequence[Segment]:
        """See `Desk`. Those whose files are cut short, as by a loss of power, are to be painted again."""
        self._sure(self._forget_damaged)
        return self._sure(lambda: [_segment(row) for row in self._rows.order_by("number")])

    def _forget_damaged(self) -> None:
        for key, number, name, size in self._rows.painted().values_list("pk", "number", "file", "file__size"):
            if not default_storage.exists(name) or default_storage.size(name) != size:
                self._rows.filter(pk=key).update(file=None, until=None)
                if self._in_turn:
                    following = self._rows.free().filter(number=number + 1, first__gt=F("shot_first"))
                    following.update(holder=WAITS)

    def lay_out(self, segments: Sequence[Segment]) -> None:
        """See `Desk`. Workers with nothing else to do are told. Those that are laid out already stay as they are."""
        rows = [
            Row(
                render=self.row,
                number=each.number,
                first=each.first,
                last=each.last,
                shot_first=each.shot.first,
                shot_last=each.shot.last,
                holder=WAITS if self._in_turn and not each.begins_shot else "",
            )
            for each in segments
        ]
        self._sure(lambda: Row.objects.bulk_create(rows, ignore_conflicts=True))
        for _ in live_workers()[1:]:
            queue.issue_token()

    def take(self) -> Segment | None:
        """See `Desk`."""
        return self._sure(self._taken)

    def _taken(self) -> Segment | None:
        for row in self._rows.free().order_by("number"):
            holder = uuid.uuid4().hex
            if self._rows.free().filter(pk=row.pk).update(holder=holder, until=timezone.now() + HELD_FOR):
                self._holder, self._renewed = holder, time.monotonic()
                return _segment(row)
        return None

    def before(self, segment: Segment) -> Path | None:
        """See `Desk`."""
        painted = self._rows.painted().filter(number=segment.number - 1).values_list("file", flat=True)
        name = self._sure(painted.first)
        return self.local.file(str(name)) if name else None

    def goes_on(self) -> bool:
        """See `Desk`; a database that cannot be asked changes nothing yet."""
        if time.monotonic() - self._renewed < RENEW_EVERY:
            return True
        self._renewed = time.monotonic()
        with contextlib.suppress(*DATABASE_TROUBLE):
            return bool(self._mine.update(until=timezone.now() + HELD_FOR))
        return True

    def put(self, painted: Path) -> None:
        """See `Desk`."""
        content = painted.read_bytes()
        self._sure(lambda: self._store(content))
        with contextlib.suppress(*DATABASE_TROUBLE):
            crashes.got_further(self.row)

    def _store(self, content: bytes) -> None:
        with blobs.storing():
            number = self._mine.select_for_update().values_list("number", flat=True).first()
            if number is not None:
                self._mine.update(file=blobs.store("segments", content, ".mp4"), until=None)
                self._rows.filter(number=number + 1, holder=WAITS).update(holder="")

    def give_back(self) -> None:
        """See `Desk`."""
        with contextlib.suppress(*DATABASE_TROUBLE):
            self._mine.update(until=None)

    def frames(self) -> int:
        """See `Desk`."""
        counted = Sum(F("last") - F("first") + 1)
        return self._sure(lambda: self._rows.painted().aggregate(all=counted)["all"] or 0)

    def parts(self) -> Parts:
        """See `Desk`."""
        rows = self._sure(lambda: list(self._rows.order_by("number")))
        return [(_segment(row), self.local.file(str(row.file))) for row in takewhile(lambda row: row.file, rows)]

    @property
    def _rows(self) -> SegmentQuerySet:
        return Row.objects.filter(render=self.row.pk)

    @property
    def _mine(self) -> SegmentQuerySet:
        return self._rows.held_as(self._holder)

    def _sure(self, act: Callable[[], Result]) -> Result:
        return retrying(act, f"sharing render {self.row.pk}", self.is_pointless)


def _segment(row: Row) -> Segment:
    return Segment(row.number, row.first, row.last, Shot(row.shot_first, row.shot_last))

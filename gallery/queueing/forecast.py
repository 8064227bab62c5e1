"""When each waiting render will start: the queue played through on the workers that live.

It foresees the order in which renders are taken, that small ones need not wait for large ones, and how fast each worker
is; not what is submitted later, nor how the order between people changes while they are painted for.
"""

import math
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from gallery.accounts.person import Person
from gallery.models import Render, RenderInput
from gallery.models.querysets import SMALL, Payer
from gallery.queueing import progress
from gallery.queueing.workers import LiveWorker
from transfer import kinds
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.kinds import Size

LOOKED_AT = 500  # waiting renders that are played through; those behind them take as long in the mean
LEAST_LEFT = 0.05  # of a render that was painted for as long as it should take, and is not finished
FIELDS = (
    "pk", "pair", "recipe_json", "image_size", "painted_seconds", "pair__content__width", "pair__content__height",
    "pair__style__width", "pair__style__height",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Newcomer:
    """A render that may be submitted, of a long side in px, by somebody."""

    image_size: int
    whose: Person | None = None


@dataclass
class Forecast:
    """Seconds from now: until waiting renders start, until running ones are finished, until all are, by their ids.

    What cannot be told is not in it, or None: nothing can without a worker, nor behind a render whose time is unknown.
    """

    starts: dict[uuid.UUID, float] = field(default_factory=dict)
    left: dict[uuid.UUID, float] = field(default_factory=dict)
    newcomer: float | None = None
    done: float | None = None


@dataclass
class _Timetable:
    """A worker in the play: seconds from now until it can take a small render, and until it can take a large one."""

    worker: LiveWorker
    small: float = 0.0
    large: float = 0.0

    def until(self, image_size: int) -> float:
        """Until it can take a render of this size."""
        return self.small if image_size <= SMALL else self.large

    def take(self, image_size: int, seconds: float) -> None:
        """Paints the next render. A large one that stepped aside for a small one goes on after it."""
        if image_size <= SMALL:
            self.large = max(self.large, self.small) + seconds
            self.small += seconds
        else:
            self.small = self.large = self.large + seconds


class _Durations:
    """Seconds that renders take; where that is not known, as long as those take in the mean whose time is."""

    def __init__(self) -> None:
        self._known: list[float] = []

    def seconds(self, worker: LiveWorker, row: Row) -> float:
        """What is left to do of a render on a worker; infinite when nothing is known. What cannot be done ends soon."""
        try:
            whole = worker.plan(kinds.stored(row["recipe_json"]).recipe, row["sizes"]).seconds
        except PlanError:
            return 0.0
        if whole is None:
            return sum(self._known) / len(self._known) if self._known else math.inf
        self._known.append(max(LEAST_LEFT * whole, whole - row["painted_seconds"]))
        return self._known[-1]


def forecast(workers: list[LiveWorker], newcomer: Newcomer | None = None) -> Forecast:
    """The queue as it stands, played through by `workers`; with a render that is not in it yet, if one is given."""
    found = Forecast()
    timetables = [_Timetable(worker) for worker in workers]
    if not timetables:
        return found
    durations = _Durations()
    _take_up_what_runs(timetables, durations, found)
    spent = Render.objects.spent_lately()
    waiting = Render.objects.waiting(spent).values(*FIELDS, "priority", "place", spent=F("spent_lately"))
    rows = _with_sizes(waiting[:LOOKED_AT])
    before = _number_before(newcomer, rows, spent) if newcomer else None
    for number, row in enumerate(rows):
        if newcomer and number == before:
            found.newcomer = _soonest(timetables, newcomer.image_size).until(newcomer.image_size)
        timetable = _soonest(timetables, row["image_size"])
        found.starts[row["pk"]] = timetable.until(row["image_size"])
        timetable.take(row["image_size"], durations.seconds(timetable.worker, row))
    behind = Render.objects.claimable().count() / LOOKED_AT if len(rows) == LOOKED_AT else 1.0
    if newcomer and before == len(rows):
        found.newcomer = _soonest(timetables, newcomer.image_size).until(newcomer.image_size) * behind
    found.done = max(timetable.large for timetable in timetables) * behind
    return _without_the_infinite(found)


def _take_up_what_runs(timetables: list[_Timetable], durations: _Durations, found: Forecast) -> None:
    """Each worker is busy with what it holds; what a worker holds that is not known keeps another one busy."""
    free = {timetable.worker.name: timetable for timetable in timetables}
    keeping = []
    held = Render.objects.running().values(*FIELDS, "worker", "paused", "lease__painted_seconds")
    rows = _with_sizes(held[: len(timetables)])
    for row in sorted(rows, key=lambda row: row["worker"] not in free):
        row["painted_seconds"] += row["lease__painted_seconds"] or 0.0
        timetable = free.pop(row["worker"] if row["worker"] in free else next(iter(free)))
        told = progress.read(row["pk"])
        eta = told.eta_seconds if told else None
        left = durations.seconds(timetable.worker, row) if eta is None else eta
        found.left[row["pk"]] = left
        timetable.small = timetable.large = 0.0 if row["paused"] else left
        if row["image_size"] > SMALL:
            keeping.append((rows.index(row), timetable))
    if len(keeping) == len(timetables):
        min(keeping, key=lambda each: each[0])[1].small = 0.0  # the one that has run longest steps aside


def _with_sizes(found: Iterable[Row]) -> list[Row]:
    """The rows, each with the `sizes` of its pictures by role: those of its pair, or else of all inputs."""
    rows = list(found)
    unpaired: dict[uuid.UUID, dict[Role, list[Size]]] = {row["pk"]: {} for row in rows if row["pair"] is None}
    if unpaired:
        pictures = RenderInput.objects.filter(render__in=unpaired, picture__isnull=False).order_by("role", "place")
        for render, role, *size in pictures.values_list("render", "role", "picture__width", "picture__height"):
            unpaired[render].setdefault(Role(role), []).append((size[0], size[1]))
    for row in rows:
        row["sizes"] = (
            unpaired[row["pk"]]
            if row["pk"] in unpaired
            else {
                Role(part): [(row[f"pair__{part}__width"], row[f"pair__{part}__height"])]
                for part in ("content", "style")
            }
        )
    return rows


def _soonest(timetables: list[_Timetable], image_size: int) -> _Timetable:
    return min(timetables, key=lambda timetable: timetable.until(image_size))


def _number_before(newcomer: Newcomer, rows: list[Row], spent: dict[Payer, float]) -> int:
    """How many of the waiting renders are taken before it: those that come before in the order, and its equals."""
    own = spent.get(newcomer.whose.payer, 0.0) if newcomer.whose else 0.0
    place = (0, newcomer.image_size > SMALL, own, time.time())
    return sum((-row["priority"], row["image_size"] > SMALL, row["spent"], row["place"]) <= place for row in rows)


def _without_the_infinite(found: Forecast) -> Forecast:
    told = (found.newcomer, found.done)
    found.newcomer, found.done = (each if each is not None and math.isfinite(each) else None for each in told)
    for seconds in (found.starts, found.left):
        for pk in [pk for pk, each in seconds.items() if math.isinf(each)]:
            del seconds[pk]
    return found

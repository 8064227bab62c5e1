"""When each waiting render will start: the queue played through on the workers that live, each with what it can do.

It foresees the order in which renders are taken, that small ones need not wait for large ones, and how fast each worker
is; not what is submitted later, nor how the order between people changes while they are painted for. Renders that no
worker can do are left out. It is played once for all who ask within a moment, and when a newcomer would start follows
from the turns that were noted.
"""

import math
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from pydantic import BaseModel, ConfigDict

from gallery.accounts.person import Person
from gallery.models import Render, RenderInput
from gallery.models.turns import is_small
from gallery.queueing import answers, progress
from gallery.queueing.needs import NEEDS_COLUMNS, Needs, can_do, doable_by
from gallery.queueing.queue import BEHIND
from gallery.queueing.workers import LiveWorker, live_workers
from transfer import kinds
from transfer.errors import PlanError
from transfer.film.footage import Footage
from transfer.inputs import Role
from transfer.kinds import Size

NAME, LIFETIME = "forecast", 2.0  # of the shared answer; seconds
LOOKED_AT = 500  # waiting renders that are played through; those behind them take as long in the mean
LEAST_LEFT = 0.05  # of a render that was painted for as long as it should take, and is not finished
SIZED = ("width", "height", "film_frames", "film_seconds")
FIELDS = (
    "pk", "pair", "recipe_json", "image_size", "is_long", "painted_seconds",
    *(f"pair__{part}__{name}" for part in ("content", "style") for name in SIZED),
)  # fmt: skip
Row = dict[str, Any]
_playing = threading.Lock()


@dataclass(frozen=True)
class Newcomer:
    """A render that may be submitted, of a long side in px, by somebody, and what it needs of a worker.

    One that `is_long` counts as large, `is_in_sweep` puts it behind all else of the same person.
    """

    image_size: int
    whose: Person | None = None
    needs: Needs = field(default_factory=Needs)
    is_in_sweep: bool = False
    is_long: bool = False

    @property
    def is_large(self) -> bool:
        """Whether small ones go before it."""
        return not is_small(self.image_size, self.is_long)


class Turn(BaseModel):
    """A waiting render is taken: its place in the order, by whom, and when that worker is free for the next.

    `small` and `large` are seconds from now until it can take a small render, and until it can take a large one.
    """

    model_config = ConfigDict(ser_json_inf_nan="constants")

    place: tuple[int, bool, float, float]
    worker: str
    small: float
    large: float


class Forecast(BaseModel):
    """Seconds from now: until waiting renders start, until running ones are finished, until all are, by their ids.

    What cannot be told is not in it, or None: nothing can without a worker, nor behind a render whose time is unknown.
    `at_first` says of each worker when it can take a small render and a large one, before the `turns` that follow;
    the last one's times are `stretched` to stand for renders that were not looked at. `spent` are the seconds that were
    lately painted for each payer: the id of a user, or None and what tells visitors apart.
    """

    model_config = ConfigDict(ser_json_inf_nan="constants")

    starts: dict[uuid.UUID, float] = {}
    left: dict[uuid.UUID, float] = {}
    newcomer: float | None = None
    done: float | None = None
    at_first: dict[str, tuple[float, float]] = {}
    turns: list[Turn] = []
    stretched: float = 1.0
    spent: list[tuple[Any, str, float]] = []

    def until(self, newcomer: Newcomer, workers: list[LiveWorker]) -> float | None:
        """Seconds until one of `workers` takes `newcomer`, None when none can or it cannot be told."""
        able = [each.name for each in workers if can_do(each, newcomer.needs)]
        if not able:
            return None
        before, is_large = _number_before(newcomer, self), newcomer.is_large
        free = self.at_first | {turn.worker: (turn.small, turn.large) for turn in self.turns[:before]}
        soonest = min(free.get(name, (0.0, 0.0))[is_large] for name in able)
        return _told(soonest * (self.stretched if before == len(self.turns) else 1.0))


@dataclass
class _Timetable:
    """A worker in the play: seconds from now until it can take a small render, and until it can take a large one."""

    worker: LiveWorker
    small: float = 0.0
    large: float = 0.0

    def until(self, is_large: bool) -> float:
        """Until it can take a render."""
        return self.large if is_large else self.small

    def take(self, is_large: bool, seconds: float) -> None:
        """Paints the next render. A large one that stepped aside for a small one goes on after it."""
        if is_large:
            self.small = self.large = self.large + seconds
        else:
            self.large = max(self.large, self.small) + seconds
            self.small += seconds


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


def shared_forecast(workers: list[LiveWorker], newcomer: Newcomer | None = None) -> Forecast:
    """The same as `forecast`, played through once for all who ask within two seconds, by one thread of a process."""
    return _with_newcomer(_shared(lambda: workers), workers, newcomer)


def shared_by_viewers() -> Forecast:
    """The same for many who ask again and again: the workers that live are looked up only when it is played."""
    return _shared(live_workers)


def _shared(alive: Callable[[], list[LiveWorker]]) -> Forecast:
    with _playing:
        answer = answers.shared(NAME, lambda: forecast(alive()).model_dump_json().encode(), LIFETIME)
    return Forecast.model_validate_json(answer)


def forecast(workers: list[LiveWorker], newcomer: Newcomer | None = None) -> Forecast:
    """The queue as it stands, played through by `workers`; with a render that is not in it yet, if one is given."""
    found = Forecast()
    timetables = [_Timetable(worker) for worker in workers]
    if not timetables:
        return found
    durations = _Durations()
    _take_up_what_runs(timetables, durations, found)
    found.at_first = {each.worker.name: (each.small, each.large) for each in timetables}
    spent, doable = Render.objects.spent_lately(), doable_by(*workers)
    found.spent = [(owner, name, seconds) for (owner, name), seconds in spent.items()]
    waiting = Render.objects.waiting(spent).filter(doable)
    rows = waiting.values(*FIELDS, *NEEDS_COLUMNS, "priority", "yielded", "place", spent=F("spent_lately"))
    for row in _with_sizes(rows[:LOOKED_AT]):
        _take_turn(row, timetables, durations, found)
    if len(found.turns) == LOOKED_AT:
        found.stretched = Render.objects.claimable().filter(doable).count() / LOOKED_AT
    found.done = _told(max(timetable.large for timetable in timetables) * found.stretched)
    return _with_newcomer(found, workers, newcomer)


def _with_newcomer(found: Forecast, workers: list[LiveWorker], newcomer: Newcomer | None) -> Forecast:
    if newcomer:
        found.newcomer = found.until(newcomer, workers)
    return found


def _take_turn(row: Row, timetables: list[_Timetable], durations: _Durations, found: Forecast) -> None:
    """The next waiting render goes to the first worker that is free for it, of those that can do it."""
    is_large, needs = _is_large(row), Needs.of_columns(row)
    able = (timetable for timetable in timetables if can_do(timetable.worker, needs))
    timetable = min(able, key=lambda timetable: timetable.until(is_large))
    if math.isfinite(start := timetable.until(is_large)):
        found.starts[row["pk"]] = start
    timetable.take(is_large, durations.seconds(timetable.worker, row))
    place = (-row["priority"], is_large, -1.0 if row["yielded"] else row["spent"], row["place"])
    found.turns.append(Turn(place=place, worker=timetable.worker.name, small=timetable.small, large=timetable.large))


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
        if math.isfinite(left):
            found.left[row["pk"]] = left
        timetable.small = timetable.large = 0.0 if row["paused"] else left
        if _is_large(row):
            keeping.append((rows.index(row), timetable))
    if len(keeping) == len(timetables):
        min(keeping, key=lambda each: each[0])[1].small = 0.0  # the one that has run longest steps aside


def _with_sizes(found: Iterable[Row]) -> list[Row]:
    """The rows, each with the `sizes` of its pictures by role: those of its pair, or else of all inputs."""
    rows = list(found)
    unpaired: dict[uuid.UUID, dict[Role, list[Size]]] = {row["pk"]: {} for row in rows if row["pair"] is None}
    if unpaired:
        pictures = RenderInput.objects.filter(render__in=unpaired, picture__isnull=False).order_by("role", "place")
        for render, role, *size in pictures.values_list("render", "role", *(f"picture__{name}" for name in SIZED)):
            unpaired[render].setdefault(Role(role), []).append(_size(*size))
    for row in rows:
        row["sizes"] = (
            unpaired[row["pk"]]
            if row["pk"] in unpaired
            else {
                Role(part): [_size(*(row[f"pair__{part}__{name}"] for name in SIZED))] for part in ("content", "style")
            }
        )
    return rows


def _size(width: int, height: int, frames: int, seconds: float) -> Size:
    return Footage((width, height), frames, seconds) if frames else (width, height)


def _number_before(newcomer: Newcomer, found: Forecast) -> int:
    """How many of the waiting renders are taken before it: those that come before in the order, and its equals."""
    spent = {(owner, name): seconds for owner, name, seconds in found.spent}
    own = spent.get(newcomer.whose.payer, 0.0) if newcomer.whose else 0.0
    place = (0, newcomer.is_large, own, time.time() + (BEHIND if newcomer.is_in_sweep else 0.0))
    return sum(turn.place <= place for turn in found.turns)


def _is_large(row: Row) -> bool:
    return not is_small(row["image_size"], row["is_long"])


def _told(seconds: float) -> float | None:
    return seconds if math.isfinite(seconds) else None

"""What the page of the queue shows: the workers and their renders, and the rows of those that are not painted now."""

import datetime
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gallery.accounts.person import Person
from gallery.models import Render, Worker
from gallery.models.querysets import RenderQuerySet
from gallery.queueing import progress
from gallery.queueing.forecast import Forecast, shared_forecast
from gallery.queueing.needs import Needs, doable_by, why_nobody_can
from gallery.queueing.progress import Progress
from gallery.queueing.workers import LiveWorker, as_plans_see

SHOWN = 100
FAILED_SHOWN = 10
FINISHED_SHOWN = 8
LATELY = datetime.timedelta(hours=1)


@dataclass
class QueueRow:
    """A render on the page. `wait` are the seconds until it starts, `left` until it is finished, if that can be told.

    `number` is its place among those that wait, None where no worker that lives can do it; `waits_for` says why not.
    `among` numbers the renders that it can be moved among; None when there are none, or when this person may not.
    `sweep_size` is the number of renders in its sweep, if it belongs to one.
    """

    render: Render
    is_mine: bool
    may_change: bool
    number: int | None = None
    waits_for: str = ""
    among: int | None = None
    wait: float | None = None
    left: float | None = None
    progress: Progress | None = None
    sweep_size: int = 0

    @property
    def start(self) -> datetime.datetime | None:
        """When it starts."""
        return _moment(self.wait)


@dataclass
class WorkerRow:
    """A worker and what it paints. One of them may be missing: it is idle, or was not heard of for a while."""

    worker: Worker | None
    row: QueueRow | None

    @property
    def key(self) -> object:
        """What tells it from the others."""
        return self.worker.name if self.worker else self.row and self.row.render.pk


def overview(person: Person) -> dict[str, Any]:
    """What the templates need: rows by what becomes of them, those of workers, and how many there are."""
    renders = Render.objects.visible_to(person).with_pictures().select_related("owner")
    running, waiting, paused = (
        [_row(person, each) for each in some[:SHOWN]]
        for some in (renders.running(), renders.waiting(), renders.paused())
    )
    failed = renders.failed().changeable_by(person)
    workers = list(Worker.objects.alive())
    alive = as_plans_see(workers)
    foreseen = shared_forecast(alive)
    _tell(running, waiting, foreseen)
    _number(waiting, alive)
    _number_equals(waiting)
    _count_sweeps(running + waiting + paused)
    numbered, stuck = _count_waiting(waiting, renders, alive)
    lately = renders.finished().filter(last_painted__gte=timezone.now() - LATELY)
    return {
        "worker_rows": _worker_rows(workers, running),
        "is_manned": bool(workers),
        "several_hosts": len({worker.host for worker in workers}) > 1,
        "running_count": len(running),
        "waiting": waiting,
        "waiting_count": numbered,
        "stuck_count": stuck,
        "until_done": foreseen.done if numbered else None,
        "done": _moment(foreseen.done),
        "paused": paused,
        "failed": [_row(person, each) for each in failed[:FAILED_SHOWN]],
        "failed_count": failed.count(),
        "finished": lately.order_by("-last_painted")[:FINISHED_SHOWN],
    }


def _moment(seconds: float | None) -> datetime.datetime | None:
    return None if seconds is None else timezone.now() + datetime.timedelta(seconds=seconds)


def _row(person: Person, render: Render) -> QueueRow:
    return QueueRow(render, person.owns(render), person.may_change(render))


def _tell(running: list[QueueRow], waiting: list[QueueRow], foreseen: Forecast) -> None:
    for row in running:
        row.progress = progress.read(row.render.pk)
        row.left = foreseen.left.get(row.render.pk)
    for row in waiting:
        row.wait = foreseen.starts.get(row.render.pk)


def _number(waiting: list[QueueRow], alive: list[LiveWorker]) -> None:
    """Counts those that a worker can do, and says of the others why none can. Without a worker, all are counted."""
    numbers = itertools.count(1)
    for row in waiting:
        row.waits_for = why_nobody_can(Needs.of(row.render), alive) if alive else ""
        row.number = None if row.waits_for else next(numbers)


def _count_waiting(waiting: list[QueueRow], renders: RenderQuerySet, alive: list[LiveWorker]) -> tuple[int, int]:
    """How many wait for their turn, and how many for a worker that can do them."""
    if len(waiting) < SHOWN:
        numbered = sum(row.number is not None for row in waiting)
        return numbered, len(waiting) - numbered
    claimable = renders.claimable()
    total = claimable.count()
    numbered = claimable.filter(doable_by(*alive)).count() if alive else total
    return numbered, total - numbered


def _number_equals(waiting: list[QueueRow]) -> None:
    """Only among renders of one person, of one priority, small or large, can one be moved."""
    kinds = [
        (
            row.render.owner_id,
            row.render.visitor,
            row.render.counted_as,
            row.render.priority,
            row.render.is_small,
        )
        for row in waiting
    ]
    sizes, numbers = Counter(kinds), {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
    for row, kind in zip(waiting, kinds, strict=True):
        if row.may_change and sizes[kind] > 1:
            row.among = numbers[kind]


def _count_sweeps(rows: list[QueueRow]) -> None:
    in_sweeps = {row.render.sweep_id for row in rows if row.render.sweep_id}
    if in_sweeps:
        members = Counter(Render.objects.filter(sweep__in=in_sweeps).values_list("sweep", flat=True))
        for row in rows:
            row.sweep_size = members[row.render.sweep_id] if row.render.sweep_id else 0


def _worker_rows(workers: list[Worker], running: list[QueueRow]) -> list[WorkerRow]:
    held = {row.render.worker: row for row in running}
    names = {worker.name for worker in workers}
    unheard = [WorkerRow(None, row) for row in running if row.render.worker not in names]
    return [WorkerRow(worker, held.get(worker.name)) for worker in workers] + unheard

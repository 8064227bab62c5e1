"""A sweep as its page shows it: headings, cells in rows, how far it is, and how long it will take."""

from dataclasses import dataclass
from typing import Any

from gallery.accounts.person import Person
from gallery.models import Pair, Render, Status, Sweep
from gallery.queueing import progress
from gallery.queueing.needs import Needs, can_do
from gallery.queueing.order import Order
from gallery.queueing.progress import Progress
from gallery.queueing.workers import LiveWorker, live_workers
from gallery.studio.sweeps import Axis, grid, label
from transfer.errors import PlanError


@dataclass(frozen=True)
class Cell:
    """One place on the sheet. Its render is None once somebody deleted it; `progress` is of one being painted."""

    place: int
    words: str
    render: Render | None
    progress: Progress | None


@dataclass(frozen=True)
class SheetRow:
    """The cells beside a heading, which is empty where only the columns differ."""

    heading: str
    cells: list[Cell]


class Sheet:
    """All of a sweep that a person may see, read at once."""

    def __init__(self, sweep: Sweep, person: Person) -> None:
        self.axes = axes_of(sweep)
        self.renders = list(sweep.renders.visible_to(person).with_pictures().order_by("sweep_place"))
        self.running = {
            render.pk: progress.read(render.pk) for render in self.renders if render.status == Status.IN_PROGRESS
        }
        self.counts = {status: sum(render.status == status for render in self.renders) for status in Status.values}

    @property
    def columns(self) -> Axis:
        """What varies along the columns."""
        return self.axes[0]

    @property
    def down(self) -> Axis | None:
        """What varies along the rows."""
        return self.axes[1] if len(self.axes) > 1 else None

    @property
    def title(self) -> str:
        """The names of what varies."""
        return title_of(self.axes)

    @property
    def pair(self) -> Pair | None:
        """Content and style, as long as one render is left."""
        return self.renders[0].pair if self.renders else None

    @property
    def ratio(self) -> tuple[int, int]:
        """Width and height of the content, which all cells share."""
        shape = next(iter(self.renders[0].main_pictures), None) if self.renders else None
        return (shape.width, shape.height) if shape else (1, 1)

    def cells(self) -> list[Cell]:
        """Row by row."""
        there = {render.sweep_place: render for render in self.renders}
        found = []
        for place, change in enumerate(grid(self.axes)):
            words = ", ".join(f"{axis.title} {label(change[axis.field])}" for axis in self.axes)
            render = there.get(place)
            found.append(Cell(place, words, render, self.running.get(render.pk) if render else None))
        return found

    def rows(self) -> list[SheetRow]:
        """The cells, row by row, with their headings."""
        cells, width = self.cells(), len(self.columns.values)
        headings = self.down.labels if self.down else [""]
        return [SheetRow(heading, cells[number * width :][:width]) for number, heading in enumerate(headings)]

    @property
    def total(self) -> int:
        """How many renders there are."""
        return len(self.renders)

    @property
    def left(self) -> int:
        """How many are not over."""
        return self.counts[Status.PENDING] + self.counts[Status.IN_PROGRESS]

    @property
    def without_a_picture(self) -> int:
        """How many failed or were cancelled."""
        return self.counts[Status.FAILED] + self.counts[Status.CANCELED]

    @property
    def fraction(self) -> float:
        """How much of the work is over."""
        under_way = sum(each.fraction for each in self.running.values() if each)
        return (self.total - self.left + under_way) / max(1, self.total)

    @property
    def seconds_left(self) -> float | None:
        """Roughly, if nothing comes in between; None when nothing can be said."""
        if not self.left:
            return None
        alive, needed = live_workers(), Needs.of(self._unfinished)
        able = [worker for worker in alive if can_do(worker, needed)]
        finished = (render.seconds for render in self.renders if render.status == Status.COMPLETED)
        painted = [seconds for seconds in finished if seconds is not None]
        each = sum(painted) / len(painted) if painted else self._planned(able)
        if each is None:
            return None
        return each * self.total * (1 - self.fraction) / min(self.left, max(1, len(able)))

    @property
    def _unfinished(self) -> Render:
        """The first one that is not over, which stands for the others."""
        return next(render for render in self.renders if not render.is_over)

    def _planned(self, able: list[LiveWorker]) -> float | None:
        order = Order.of(self._unfinished)
        try:
            told = [worker.plan(order.recipe, order.sizes).seconds for worker in able]
        except PlanError:
            return None
        return min((seconds for seconds in told if seconds is not None), default=None)


def axes_of(sweep: Sweep) -> list[Axis]:
    """A sweep's axes, the columns first."""
    stored: list[dict[str, Any]] = sweep.axes
    return list(map(Axis.from_json, stored))


def title_of(axes: list[Axis]) -> str:
    """The names of what varies."""
    return " × ".join(axis.title for axis in axes)

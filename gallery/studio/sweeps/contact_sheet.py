"""A sweep as its page shows it: headings, cells in rows, how far it is, and how long it will take."""

from dataclasses import dataclass
from typing import Any

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, Status, Sweep
from gallery.queueing import progress
from gallery.queueing.forecast import shared_forecast
from gallery.queueing.needs import Needs, can_do
from gallery.queueing.order import Order
from gallery.queueing.progress import Progress
from gallery.queueing.workers import LiveWorker, live_workers
from gallery.studio.sweeps.axes import MOST_VALUES, Axis, grid
from transfer.errors import PlanError
from transfer.inputs import Role


@dataclass(frozen=True)
class Cell:
    """One place on the sheet. Its render is None once somebody deleted it; `progress` is of one being painted."""

    place: int
    words: str
    render: Render | None
    progress: Progress | None


@dataclass(frozen=True)
class Heading:
    """A value of an axis in words; for one of pictures, its picture as long as it is there."""

    words: str
    picture: Picture | None = None


@dataclass(frozen=True)
class SheetRow:
    """The cells beside a heading, None where only the columns differ; `columns` stand above the first row, and above
    every row of a single axis that is too long for one.
    """

    heading: Heading | None
    cells: list[Cell]
    columns: list[Heading]


class Sheet:
    """All of a sweep that a person may see, read at once."""

    def __init__(self, sweep: Sweep, person: Person) -> None:
        self.axes = axes_of(sweep)
        ids = [str(value) for axis in self.axes if axis.is_of_pictures for value in axis.values]
        pictures = Picture.objects.visible_to(person).in_bulk(ids) if ids else {}
        self.pictures = {str(pk): picture for pk, picture in pictures.items()}
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
        """Content and style, as long as one render is left; None where they vary."""
        varies = any(axis.is_of_pictures for axis in self.axes)
        return self.renders[0].pair if self.renders and not varies else None

    @property
    def kept(self) -> Picture | None:
        """Where one of content and style varies, the other."""
        fields = {axis.field for axis in self.axes if axis.is_of_pictures}
        pair = self.renders[0].pair if self.renders else None
        if pair is None or len(fields) != 1:
            return None
        return pair.style if fields == {Role.CONTENT.value} else pair.content

    @property
    def varies_in_shape(self) -> bool:
        """Whether cells differ in shape, so that they leave room beside them."""
        return any(axis.field == Role.CONTENT for axis in self.axes)

    @property
    def ratio(self) -> tuple[int, int]:
        """Width and height of the first content, which all cells share where it does not vary."""
        shape = next(iter(self.renders[0].main_pictures), None) if self.renders else None
        return (shape.width, shape.height) if shape else (1, 1)

    def cells(self) -> list[Cell]:
        """Row by row."""
        there = {render.sweep_place: render for render in self.renders}
        found = []
        for place, change in enumerate(grid(self.axes)):
            words = ", ".join(axis.words(change[axis.field]) for axis in self.axes)
            render = there.get(place)
            found.append(Cell(place, words, render, self.running.get(render.pk) if render else None))
        return found

    @property
    def missing(self) -> int:
        """How many were deleted."""
        return len(grid(self.axes)) - len(self.renders)

    @property
    def width(self) -> int:
        """How many cells stand side by side."""
        count = len(self.columns.values)
        return count if self.down else min(count, MOST_VALUES)

    def headings(self, axis: Axis) -> list[Heading]:
        """The values of an axis."""
        pictures = [self.pictures.get(str(value)) if axis.is_of_pictures else None for value in axis.values]
        return list(map(Heading, axis.labels, pictures))

    def rows(self) -> list[SheetRow]:
        """The cells, row by row, with their headings."""
        cells, width, above = self.cells(), self.width, self.headings(self.columns)
        if self.down:
            beside = self.headings(self.down)
            return [
                SheetRow(heading, cells[number * width :][:width], [] if number else above)
                for number, heading in enumerate(beside)
            ]
        starts = range(0, len(cells), width)
        return [SheetRow(None, cells[start:][:width], above[start:][:width]) for start in starts]

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
    def starts_in(self) -> float | None:
        """Seconds until the first one starts, if that can be told; None once one has started."""
        if self.running or self.counts[Status.COMPLETED] or not self.left:
            return None
        starts = shared_forecast(live_workers()).starts
        return min((starts[render.pk] for render in self.renders if render.pk in starts), default=None)

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
    return " × ".join(axis.heading for axis in axes)

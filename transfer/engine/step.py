"""What a render tells its caller."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

from torch import Tensor

from transfer.engine.canvas import Canvas
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung

Result = TypeVar("Result")


@dataclass(frozen=True)
class Tick:
    """A sign of life between the tiles of a large iteration, of which nothing is kept if the caller stops here.

    `fraction` of the render's work is done.
    """

    fraction: float


@dataclass(frozen=True)
class Step:
    """The facts of one iteration.

    `iteration` counts from 1 on each rung and `number` over the whole render; `fraction` of its work is done; `losses`
    holds the weighted terms and their `total`, of an iteration a few before where they are recorded
    (transfer/engine/recorded.py). `prints` and `saves` say whether the recipe's `print_iter` and
    `save_iter` want this step told or kept. `notes` are sentences about what went otherwise than planned.
    Pictures and state are those of this step only as long as the render has not gone on.
    """

    rung: Rung
    rungs: int
    iteration: int
    number: int
    ends_rung: bool
    fraction: float
    losses: dict[str, float]
    prints: bool
    saves: bool
    notes: tuple[str, ...]
    canvas: Canvas

    @property
    def ends_render(self) -> bool:
        """Whether this step's image is the result."""
        return self.ends_rung and self.rung.index == self.rungs - 1

    @property
    def image(self) -> Tensor:
        """The picture as it stands, (1, 3, H, W), a new tensor."""
        return self.canvas.image(self.iteration)

    def shown(self, long_side: int) -> Tensor:
        """The picture as it stands, at most `long_side` px large."""
        return self.canvas.shown(self.iteration, long_side)

    @property
    def has_state(self) -> bool:
        """Whether `state` can still be taken: until the next step, or until its rung's end is passed."""
        return self.canvas.stands_at(self.iteration)

    @property
    def state(self) -> State:
        """All that is needed to go on from here; see `State`."""
        return self.canvas.state(self.iteration, self.number)


def is_due(number: int, every: int) -> bool:
    """Whether something is done at the iteration of this number; with 0 it never is."""
    return every > 0 and number % every == 0


def result(steps: Iterable[Step | Tick]) -> Step:
    """The last step of a render, for callers who want to know of no other."""
    *_, last = steps
    if isinstance(last, Tick):
        raise TypeError("a render ends with a step")
    return last


def ticking(work: Generator[float, None, Result], fraction: Callable[[float], float]) -> Generator[Tick, None, Result]:
    """Goes through a piece of work, with a tick where it pauses: `fraction` makes its share the whole render's."""
    while True:
        try:
            share = next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield Tick(fraction(share))

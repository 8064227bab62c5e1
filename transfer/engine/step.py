"""What a render tells its caller."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.engine.standing import Iterate, Shown, Standing
from transfer.pausing import map_pauses

Result = TypeVar("Result")
At = TypeVar("At", bound=Shown, covariant=True)
Made = TypeVar("Made", bound=Iterate)


@dataclass(frozen=True)
class Tick:
    """A sign of life between the tiles of a large iteration, of which nothing is kept if the caller stops here.

    `fraction` of the render's work is done.
    """

    fraction: float


@dataclass(frozen=True)
class Step(Generic[At]):
    """The facts of one iteration.

    `iteration` counts from 1 on each rung and `number` over the whole render; `fraction` of its work is done; `losses`
    holds the weighted terms and their `total`, of an iteration a few before where they are recorded
    (transfer/engine/recorded.py). `prints` and `saves` say whether the recipe's `print_iter` and
    `save_iter` want this step told or kept. `notes` are sentences about what went otherwise than planned. `canvas` is
    what has become of the rung: its picture is that of this step only as long as the render has not gone on.
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
    canvas: At

    @classmethod
    def of(
        cls,
        at: Made,
        rungs: int,
        number: int,
        fraction: float,
        prints: bool = False,
        saves: bool = False,
        notes: tuple[str, ...] = (),
    ) -> "Step[Made]":
        """The step of a painter without a goal that led there: one of a ladder of so many `rungs`."""
        return Step(
            rung=at.rung,
            rungs=rungs,
            iteration=at.iteration,
            number=number,
            ends_rung=at.iteration == at.rung.iterations,
            fraction=fraction,
            losses={"total": at.loss},
            prints=prints,
            saves=saves,
            notes=notes,
            canvas=at,
        )

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
    def state(self) -> State | None:
        """All that is needed to go on from here: until the next step, or at a rung's end until the next rung is begun.

        None from then on, and where a kind of work has nothing to go on from.
        """
        at = self.canvas
        if isinstance(at, Standing) and at.stands_at(self.iteration):
            return at.state(self.iteration, self.number)
        return None


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
    return map_pauses(work, lambda share: Tick(fraction(share)))

"""One rung at work: steps of the optimiser, the average that is shown, and when to leave off."""

import contextlib
import math
from collections.abc import Generator, Iterator
from typing import Any

from torch import Tensor
from torch.linalg import LinAlgError  # type: ignore[attr-defined]

from transfer.engine.average import IterateAverage
from transfer.engine.ladder import Rung
from transfer.engine.objective import Losses, Objective
from transfer.engine.optimisers import PixelOptimiser
from transfer.errors import RenderError
from transfer.images import smaller
from transfer.room import apart, room

MOST_RETREATS = 4  # chosen: halvings of the step on one rung before a render is given up
STRETCH = 10  # chosen: iterations over which early stopping compares losses


class Painting:
    """The picture on one rung while it is painted."""

    def __init__(self, objective: Objective, optimiser: PixelOptimiser, rung: Rung, early_stopping: float) -> None:
        self.objective = objective
        self.optimiser = optimiser
        self.rung = rung
        self.early_stopping = early_stopping
        self.iteration = 0
        self.average = IterateAverage(optimiser.image, rung.iterations)
        self.totals: list[float] = []
        self.retreats = 0
        self.sound = apart(optimiser.image)
        self.gradient = room(tuple(optimiser.image.shape), optimiser.image)

    @property
    def picture(self) -> Tensor:
        """What there is to see: the average of the iterates, (1, 3, H, W), a new tensor each time."""
        return self.average.image

    def shown(self, size: tuple[int, int]) -> Tensor:
        """The picture at a smaller (width, height), without a copy of the whole."""
        return smaller(self.average.sum, size) / self.average.weight

    @property
    def done(self) -> bool:
        """Whether the rung has had its iterations, or has converged."""
        return self.iteration == self.rung.iterations or self._has_converged()

    def step(self) -> Generator[float, None, dict[str, float]]:
        """One iteration, which pauses between tiles (see `Objective.gradient`); gives the terms of the loss before it.

        Where the loss is not finite, goes back to the last image where it was, and on with half the step. Raises
        FloatingPointError when that does not help.
        """
        while True:
            try:
                losses = yield from self._step()
                break
            except (FloatingPointError, LinAlgError):
                if self.iteration == 0 or self.retreats == MOST_RETREATS:
                    raise
                self.retreats += 1
                self.optimiser = self.optimiser.slowed(self.sound)
        self.iteration += 1
        self.totals.append(losses.total)
        self.average.add(self.optimiser.image)
        return losses.values()

    def _step(self) -> Generator[float, None, Losses]:
        losses = yield from self.objective.gradient(self.optimiser.image, self.gradient)
        if not math.isfinite(losses.total):
            raise FloatingPointError
        self.sound.copy_(self.optimiser.image)
        self.optimiser.step(self.gradient)
        if not math.isfinite(float(self.optimiser.image.sum())):
            raise FloatingPointError
        return losses

    def settle(self) -> None:
        """Takes in what is still under way, so that all that follows is of this iteration; here, nothing ever is."""

    def _has_converged(self) -> bool:
        """Whether the mean loss of the last stretch is hardly below that of the one before."""
        if not self.early_stopping or len(self.totals) < 2 * STRETCH:
            return False
        before, now = (sum(part) for part in (self.totals[-2 * STRETCH : -STRETCH], self.totals[-STRETCH:]))
        return now > before * (1 - self.early_stopping)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """All that the rest of the rung depends on, but for targets and anchors: tensors, and plain values."""
        tensors, values = self.optimiser.state()
        named = {"image": self.optimiser.image, "average": self.average.sum, "sound": self.sound}
        own = {"iteration": self.iteration, "weight": self.average.weight, "totals": self.totals}
        return {**named, **tensors}, {**own, "retreats": self.retreats, **values}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """Goes on from what `state` gave."""
        self.optimiser.image, self.average.sum, self.sound = (tensors[name] for name in ("image", "average", "sound"))
        self.iteration, self.average.weight = values["iteration"], values["weight"]
        self.totals, self.retreats = list(values["totals"]), values["retreats"]
        self.optimiser.restore(tensors, values)


@contextlib.contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns what numbers that are not finite have led to into a RenderError; `where` says in words when that was."""
    try:
        yield
    except (FloatingPointError, LinAlgError) as error:
        raise RenderError(
            f"The loss is no longer finite in {where}: lower the learning rate or the weights of the recipe."
        ) from error

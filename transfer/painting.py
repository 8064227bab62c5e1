"""One rung at work: steps of the optimiser, the average that is shown, and when to leave off."""

import math

from torch import Tensor
from torch.linalg import LinAlgError  # type: ignore[attr-defined]

from transfer.ladder import Rung
from transfer.objective import Losses, Objective
from transfer.optimisers import IterateAverage, PixelOptimiser

MOST_RETREATS = 4  # halvings of the step on one rung before a render is given up
STRETCH = 10  # iterations over which early stopping compares losses


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
        self.sound = optimiser.image.detach().clone()

    @property
    def picture(self) -> Tensor:
        """What there is to see: the average of the iterates, (1, 3, H, W), a new tensor each time."""
        return self.average.image

    @property
    def done(self) -> bool:
        """Whether the rung has had its iterations, or has converged."""
        return self.iteration == self.rung.iterations or self._has_converged()

    def step(self) -> dict[str, float]:
        """One iteration; gives the terms of the loss before it.

        Where the loss is not finite, goes back to the last image where it was, and on with half the step. Raises
        FloatingPointError when that does not help.
        """
        while True:
            try:
                values = self._step()
                break
            except (FloatingPointError, LinAlgError):
                if self.iteration == 0 or self.retreats == MOST_RETREATS:
                    raise
                self.retreats += 1
                self.optimiser = self.optimiser.slowed(self.sound)
        self.iteration += 1
        self.totals.append(values["total"])
        self.average.add(self.optimiser.image)
        return values

    def _step(self) -> dict[str, float]:
        found: list[Losses] = []

        def loss(image: Tensor) -> Tensor:
            found.append(self.objective(image))
            if not math.isfinite(float(found[-1].total.detach())):
                raise FloatingPointError
            self.sound.copy_(image.detach())
            return found[-1].total

        self.optimiser.step(loss)
        if not bool(self.optimiser.image.isfinite().all()):
            raise FloatingPointError
        return found[0].values()

    def _has_converged(self) -> bool:
        """Whether the mean loss of the last stretch is hardly below that of the one before."""
        if not self.early_stopping or len(self.totals) < 2 * STRETCH:
            return False
        before, now = (sum(part) for part in (self.totals[-2 * STRETCH : -STRETCH], self.totals[-STRETCH:]))
        return now > before * (1 - self.early_stopping)

"""Painting without looking: iterations as functions of tensors, of which the host learns the losses later."""

import logging
from collections import deque
from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

from transfer import devices
from transfer.engine.capture import Replayed, Row
from transfer.engine.ladder import Rung
from transfer.engine.objective import Objective, obstacle
from transfer.engine.optimisers import PixelAdam, PixelOptimiser, TensorAdam
from transfer.engine.painting import MOST_RETREATS, Painting
from transfer.pausing import finish

logger = logging.getLogger(__name__)
LATE = 8  # chosen: iterations that the host may be behind, so that the device need not wait for it


def painting_by(objective: Objective, optimiser: PixelOptimiser, rung: Rung, early_stopping: float) -> Painting:
    """What works on a rung: without looking where that is of use and can be."""
    if devices.is_cuda(optimiser.image.device):
        reason = obstacle(objective)
        if isinstance(optimiser, PixelAdam) and not reason:
            return RecordedPainting(objective, optimiser, rung, early_stopping)
        reason = reason or "its optimiser decides on the host"
        logger.warning("The iterations at %d px are not recorded, since %s.", rung.long_side, reason)
    return Painting(objective, optimiser, rung, early_stopping)


class Iteration:
    """One iteration as a function of tensors, which it changes where they are; the host reads none of them.

    Once a number is not finite, `is_sound` stays false: `sound` and the average stay as they are, whatever becomes of
    the image. `row` (N + 1), in float64, has the N terms of the loss, and 1 where all is sound.
    """

    def __init__(self, painting: Painting, adam: TensorAdam) -> None:
        self.objective, self.adam, self.average = painting.objective, adam, painting.average
        self.sound, self.gradient = painting.sound, painting.gradient
        self.is_sound = torch.ones((), dtype=torch.bool, device=adam.image.device)
        self.names = list[str]()
        self.row = torch.empty(0)

    def __call__(self) -> None:
        """From the image to the next one."""
        image = self.adam.image
        losses = finish(self.objective.gradient(image, self.gradient)).scalars
        self.names = list(losses)
        nothing = image.new_zeros((), dtype=torch.float64)
        terms = torch.stack([nothing + each for each in losses.values()])
        self.is_sound.logical_and_(terms.sum().isfinite())
        self.sound.copy_(torch.where(self.is_sound, image, self.sound))
        self.adam.step(self.gradient)
        self.is_sound.logical_and_(image.sum().isfinite())
        self.average.add_where(self.is_sound, image)
        self.row = torch.cat([terms, self.is_sound.double()[None]])


class RecordedPainting(Painting):
    """A painting by Adam whose iterations are recorded, and whose losses are known up to `LATE` iterations later.

    So `step` gives the latest that are known; those of a rung's last iteration are its own. Where an iteration turns
    out not to have been sound, those after it have changed nothing that counts: the painting goes back, as any other
    does, and makes up for them. So the picture does not depend on when the host has looked.
    """

    def __init__(self, objective: Objective, optimiser: PixelAdam, rung: Rung, early_stopping: float) -> None:
        self.adam = TensorAdam(optimiser)
        super().__init__(objective, self.adam, rung, early_stopping)
        self.latest = dict[str, float]()
        self._begin()

    def _begin(self) -> None:
        self._iterate = Iteration(self, self.adam)
        self._replayed = Replayed(self._iterate, self.adam.image.device)
        self._rows, self._spare = deque[Row](), deque[Row]()

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `Painting`."""
        super().restore(tensors, values)
        self._begin()

    def step(self) -> Generator[float, None, dict[str, float]]:
        """See `Painting`; it never pauses."""
        yield from ()
        if len(self._rows) == LATE:
            self._read_one()
        self._advance()
        if not self.latest or self.early_stopping or self.iteration + 1 == self.rung.iterations:
            self.settle()
        self.iteration += 1
        return self.latest

    def settle(self) -> None:
        """See `Painting`."""
        while self._rows:
            self._read_one()

    def _advance(self) -> None:
        """One more iteration, whose row is on its way."""
        self._replayed()
        row = self._spare.pop() if self._spare else Row(self._iterate.row)
        row.send(self._iterate.row)
        self._rows.append(row)

    def _read_one(self) -> None:
        """Takes in the oldest row that is on its way."""
        row = self._rows.popleft()
        *terms, is_sound = row.read()
        self._spare.append(row)
        if not is_sound:
            self._go_back()
            return
        self.average.count_one()
        self.totals.append(sum(terms))
        self.latest = {"total": self.totals[-1], **dict(zip(self._iterate.names, terms, strict=True))}

    def _go_back(self) -> None:
        """To the last image whose loss was finite, and on with half the step; that row and later ones are void."""
        if not self.totals or self.retreats == MOST_RETREATS:
            raise FloatingPointError
        self.retreats += 1
        self.adam.slow_down(self.sound)
        self._iterate.is_sound.fill_(True)
        void = 1 + len(self._rows)
        self._rows.clear()
        for _ in range(void):
            self._advance()

"""What a step shows, and where a render can be gone on from."""

from typing import Protocol, runtime_checkable

from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung


class Shown(Protocol):
    """What there is to see after `iteration` iterations of a rung."""

    def image(self, iteration: int) -> Tensor:
        """The picture after that many iterations: (1, 3, H, W) in [0, 1], a new tensor."""

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """The same, at most `long_side` px large."""


class Iterate(Shown, Protocol):
    """What is shown by a painter that has no goal of the engine's. It stays what it is while the work goes on."""

    @property
    def rung(self) -> Rung:
        """Which rung it is of."""

    @property
    def iteration(self) -> int:
        """How many iterations of it there have been."""

    @property
    def loss(self) -> float:
        """That of the last one."""


@runtime_checkable
class Standing(Shown, Protocol):
    """What is not only shown: the render can be gone on from there."""

    def stands_at(self, iteration: int) -> bool:
        """Whether there have been that many iterations, and what is needed to go on is still here."""

    def state(self, iteration: int, number: int) -> State:
        """All that is needed to go on after `iteration` iterations of the rung, and `number` of the whole render."""

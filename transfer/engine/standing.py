"""Steps of painters that have no goal of the engine's."""

from typing import Protocol, cast

from torch import Tensor

from transfer.engine.canvas import Canvas
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.engine.step import Step


class Standing(Protocol):
    """As much of a `Canvas` as a step needs, after `iteration` iterations of a rung, the last of which had this `loss`.

    It stays what it is while the work goes on.
    """

    @property
    def rung(self) -> Rung:
        """Where it stands."""

    @property
    def iteration(self) -> int:
        """How many there have been."""

    @property
    def loss(self) -> float:
        """That of the last one."""

    def image(self, iteration: int) -> Tensor:
        """See `Canvas`."""

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Canvas`."""

    def stands_at(self, iteration: int) -> bool:
        """See `Canvas`."""

    def state(self, iteration: int, number: int) -> State:
        """See `Canvas`."""


def step(
    at: Standing,
    rungs: int,
    number: int,
    fraction: float,
    prints: bool = False,
    saves: bool = False,
    notes: tuple[str, ...] = (),
) -> Step:
    """The step that led there; see `Step`."""
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
        canvas=cast(Canvas, at),
    )

"""What makes a picture out of inputs and a recipe, whatever kind of work it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import torch

from transfer.engine import checkpoint, render
from transfer.engine.checkpoint import State
from transfer.engine.goal import Goal
from transfer.engine.ladder import Rung
from transfer.engine.step import Step, Tick


class Painter(Protocol):
    """Paints one picture. A kind of work names the function that makes its painter of inputs, recipe and device.

    `weights_sha256` is the hash of the network's weights, in hexadecimal, and `width` the bytes of a number in it.
    `rungs` are what is climbed, lowest first; the picture is that of the last.
    """

    weights_sha256: str
    width: int
    rungs: tuple[Rung, ...]

    @property
    def device(self) -> torch.device:
        """Where it paints: on the CPU from when another device's memory ran out."""

    def key(self) -> str:
        """The SHA-256, in hexadecimal, of all that decides on the pixels of a rung: the key of its checkpoints."""

    def earlier_keys(self) -> Sequence[str]:
        """Those that it had under earlier versions of the algorithm, the latest first."""

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """Paints in at most `memory` bytes, from the start or from where `resume` stands.

        Raises a TransferError where that cannot be done.
        """

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """The last steps of rungs that were finished before, to be looked at."""

    def beside(self, last: Step) -> Mapping[str, bytes]:
        """What goes beside the picture of the last step that was taken: `elevation`, `labels`, `rivers`, `film`."""


class GoalPainter:
    """The `Painter` of any kind of work that climbs the ladder towards a goal."""

    def __init__(self, goal: Goal, weights_sha256: str, width: int) -> None:
        self.goal, self.weights_sha256, self.width = goal, weights_sha256, width
        self.rungs = goal.rungs

    @property
    def device(self) -> torch.device:
        """See `Painter`."""
        return self.goal.device

    def key(self) -> str:
        """See `Painter`."""
        return checkpoint.key(self.goal.identity())

    def earlier_keys(self) -> list[str]:
        """See `Painter`."""
        return [checkpoint.key(self.goal.identity(), version) for version in range(checkpoint.VERSION - 1, 0, -1)]

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`."""
        return render.render(self.goal, memory, resume)

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`."""
        return render.finished(self.goal, states)

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: nothing."""
        return {}

"""What makes a picture out of inputs and a recipe, whatever kind of work it is."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import torch

from transfer.engine.checkpoint import State
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

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """Paints in at most `memory` bytes, from the start or from where `resume` stands.

        Raises a TransferError where that cannot be done.
        """

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """The last steps of rungs that were finished before, to be looked at."""

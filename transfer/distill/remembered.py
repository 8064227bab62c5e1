"""Batches that are learned from again: the answer of a large teacher takes longer than some steps of a small part."""

import torch
from torch import Tensor

MOST = 160

Batch = tuple[Tensor, dict[str, Tensor]]  # what the student is given, and what the teacher has there


class Remembered:
    """The latest batches. They are not part of a checkpoint: after a break they are gathered anew."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []

    def keep(self, batch: Batch) -> None:
        """Takes note of a batch, and forgets the oldest of too many."""
        self.batches.append(batch)
        del self.batches[:-MOST]

    def draw(self, generator: torch.Generator) -> Batch:
        """A random one."""
        return self.batches[int(torch.randint(len(self.batches), (), generator=generator))]

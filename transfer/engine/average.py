"""What a rung comes to: the average of its iterates."""

import torch
from torch import Tensor

from transfer.room import apart, room


class IterateAverage:
    """The exponential average of the iterates (Polyak and Juditsky 1992), unbiased from the first on.

    It is cleaner than any single iterate: what Adam's last steps shake about cancels out. The window is a part of the
    rung's iterations, so that a short rung forgets where it started.
    """

    def __init__(self, image: Tensor, iterations: int) -> None:
        self.decay = max(0.5, min(0.97, 1 - 5 / iterations))
        self.sum = room(tuple(image.shape), image)
        self.weight = 0.0

    def add(self, image: Tensor) -> None:
        """Takes the next iterate in."""
        self.sum.mul_(self.decay).add_(image.detach(), alpha=1 - self.decay)
        self.count_one()

    def begin_with(self, image: Tensor) -> None:
        """Forgets all that came before this iterate."""
        self.sum.zero_()
        self.weight = 0.0
        self.add(image)

    def count_one(self) -> None:
        """One more iterate is in the sum."""
        self.weight = self.weight * self.decay + 1 - self.decay

    def add_where(self, holds: Tensor, image: Tensor) -> None:
        """Takes the next iterate in if `holds`, a truth value as a tensor (); `count_one` once that is known."""
        added = self.sum.mul(self.decay).add_(image, alpha=1 - self.decay)
        self.sum.copy_(torch.where(holds, added, self.sum))

    def taken(self) -> Tensor:
        """The average, in the memory of its sum: there is no going on after this."""
        return self.sum.div_(self.weight)

    @property
    def image(self) -> Tensor:
        """The average so far, a new tensor of the iterates' shape."""
        return apart(self.sum).div_(self.weight)

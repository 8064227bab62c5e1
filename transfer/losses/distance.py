"""What a style loss asks of moments: how far others are from them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Self

from torch import Tensor

from transfer.features.moments import Moments


class Distance(ABC):
    """The distance to given moments, as a scalar in float64, relative to their size."""

    @abstractmethod
    def distance(self, other: Moments) -> Tensor:
        """That of `other`, which autograd can follow: 0 when they agree."""

    @abstractmethod
    def with_gradient(self, other: Moments) -> tuple[Tensor, Moments]:
        """That of `other`, and its gradient with respect to the moments of `other`, in float64."""

    @classmethod
    def with_gradients(cls, targets: Sequence[Self], others: Sequence[Moments]) -> list[tuple[Tensor, Moments]]:
        """The same for several at once."""
        return [target.with_gradient(other) for target, other in zip(targets, others, strict=True)]

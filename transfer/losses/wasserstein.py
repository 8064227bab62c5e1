"""The Gaussian Wasserstein-2 style loss.

Between N(m, C) and N(m*, C*) (Gelbrich 1990; for style transfer: Mroueh 2020, arXiv:1905.12828):

    |m - m*|^2 + tr C + tr C* - 2 tr (C*^1/2 C C*^1/2)^1/2

The Gram loss compares squares of features and so listens mostly to its largest; this distance is in the features'
own unit, which paints cleaner pictures.

Where there are fewer places than channels, or channels that never fire, eigenvalues are nothing but rounding, and the
gradient of their root is without bound. Those of C* below a floor count as nothing, and so do those of
C*^1/2 C C*^1/2 below its square, in value and gradient.
"""

from collections.abc import Sequence
from typing import Self

import torch
from torch import Tensor

from transfer import devices
from transfer.features.moments import Moments
from transfer.losses.distance import Distance
from transfer.losses.roots import inverse_roots

EIGENVALUE_FLOOR = 1e-6  # of the target's total variance


class WassersteinTarget(Distance):
    """The style's moments, with a root of their covariance taken once.

    That is R, (rank, C), with R^T R = C*. The eigenvalues of R C R^T are those of C*^1/2 C C*^1/2, but for zeros.
    `scale` is the total variance of the style's features, which distances are relative to.
    """

    def __init__(self, target: Moments) -> None:
        self.target = target.double()
        values, vectors = torch.linalg.eigh(self.target.covariance)
        variance = max(0.0, float(self.target.variance))  # of one colour it is rounding, and may be below 0
        self.scale = variance + 1e-12
        self.floor = variance * EIGENVALUE_FLOOR + 1e-20
        kept = values > self.floor
        self.root = (vectors[:, kept] * values[kept].sqrt()).T

    def distance(self, other: Moments) -> Tensor:
        """Squared distance to `other`, divided by `scale`: a scalar, 0 when the moments agree."""
        found = other.double()
        values = torch.linalg.eigvalsh(self._crossed(found))
        cross = values[values > self.floor**2].sqrt().sum()
        squared = (found.mean - self.target.mean).square().sum()
        distance: Tensor = (squared + found.variance + self.target.variance - 2 * cross) / self.scale
        return distance

    def with_gradient(self, other: Moments) -> tuple[Tensor, Moments]:
        """The distance to `other`, and its gradient with respect to the moments of `other`, in float64.

        That of tr (R C R^T)^1/2 is 1/2 (V^T R)^T L^-1/2 (V^T R), with eigenvectors V and eigenvalues L of R C R^T.
        """
        found = other.double()
        values, vectors = torch.linalg.eigh(self._crossed(found))
        kept = values > self.floor**2
        lengths, along = values[kept].sqrt(), vectors[:, kept].T @ self.root
        return self._put_together(found, lengths.sum(), along.T @ (along / lengths[:, None]))

    @classmethod
    def with_gradients(cls, targets: Sequence[Self], others: Sequence[Moments]) -> list[tuple[Tensor, Moments]]:
        """See `Distance`: a GPU computes them together, and without decompositions."""
        if not devices.is_cuda(targets[0].root.device):
            return super().with_gradients(targets, others)
        found = [other.double() for other in others]
        crossed = [target._crossed(each) for target, each in zip(targets, found, strict=True)]
        answers = inverse_roots(crossed, [target.floor**2 for target in targets])
        return [
            target._put_together(each, trace, target.root.T @ inverse @ target.root)
            for target, each, (inverse, trace) in zip(targets, found, answers, strict=True)
        ]

    def _crossed(self, found: Moments) -> Tensor:
        crossed: Tensor = self.root @ found.covariance @ self.root.T
        return crossed

    def _put_together(self, found: Moments, trace: Tensor, pulled: Tensor) -> tuple[Tensor, Moments]:
        """Distance and gradient from tr X^1/2 and R^T X^-1/2 R, where X = R C R^T."""
        apart = found.mean - self.target.mean
        distance = apart.square().sum() + found.variance + self.target.variance - 2 * trace
        at_covariance = -pulled
        at_covariance.diagonal().add_(1)
        return distance / self.scale, Moments(2 * apart, at_covariance).times(1 / self.scale)

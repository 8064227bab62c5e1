"""The Gram-matrix style loss of Gatys et al. 2015, arXiv:1508.06576, equation 4.

    |G - G*|^2 / |G*|^2,    G = E[f f^T]

Departure: relative to the style's own matrix and over means instead of sums, so a weight means the same in every layer
and at every size.
"""

from torch import Tensor

from transfer.features.moments import Moments
from transfer.losses.distance import Distance


class GramTarget(Distance):
    """The style's uncentred second moments."""

    def __init__(self, target: Moments) -> None:
        self.target = target.double().second
        self.scale = float(self.target.square().sum()) + 1e-12

    def distance(self, other: Moments) -> Tensor:
        """Squared Frobenius distance to `other`'s Gram matrix, divided by `scale`: a scalar."""
        return (other.double().second - self.target).square().sum() / self.scale

    def with_gradient(self, other: Moments) -> tuple[Tensor, Moments]:
        """The distance to `other`, and its gradient with respect to the moments of `other`, in float64."""
        found = other.double()
        apart = found.second - self.target
        at_second = 2 / self.scale * apart
        return apart.square().sum() / self.scale, Moments(2 * at_second @ found.mean, at_second)

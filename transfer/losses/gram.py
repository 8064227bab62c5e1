"""The Gram-matrix style loss of Gatys et al. 2015, arXiv:1508.06576, equation 4.

    |G - G*|^2 / |G*|^2,    G = E[f f^T]

Departure: relative to the style's own matrix and over means instead of sums, so a weight means the same in every layer
and at every size.
"""

from torch import Tensor

from transfer.features.moments import Moments


class GramTarget:
    """The style's uncentred second moments."""

    def __init__(self, target: Moments) -> None:
        self.target = target.double().second
        self.scale = float(self.target.square().sum()) + 1e-12

    def distance(self, other: Moments) -> Tensor:
        """Squared Frobenius distance to `other`'s Gram matrix, divided by `scale`: a scalar."""
        return (other.double().second - self.target).square().sum() / self.scale

"""First and second moments of feature vectors: all that a style loss here knows of a style."""

from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.network import Head


@dataclass(frozen=True)
class Moments:
    """The mean (C) and covariance (C, C) of feature vectors over all places of an image."""

    mean: Tensor
    covariance: Tensor

    @property
    def second(self) -> Tensor:
        """The uncentred second moment E[f f^T], shape (C, C)."""
        return self.covariance + torch.outer(self.mean, self.mean)

    @property
    def variance(self) -> Tensor:
        """The total variance, a scalar: the trace of the covariance."""
        return self.covariance.trace()

    def through(self, head: Head) -> "Moments":
        """The moments of W f + b, from those of f."""
        weight = head.weight.to(self.mean)
        return Moments(weight @ self.mean + head.bias.to(self.mean), weight @ self.covariance @ weight.T)

    def double(self) -> "Moments":
        """The same in float64, for decompositions."""
        return Moments(self.mean.double(), self.covariance.double())


def moments(features: Tensor) -> Moments:
    """The moments of a feature map (1, C, H, W)."""
    vectors = features.flatten(2)[0]
    mean = vectors.mean(1)
    centred = vectors - mean[:, None]
    return Moments(mean, centred @ centred.T / centred.shape[1])

"""First and second moments of feature vectors: all that our style losses know of a style."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.network import Head


@dataclass(frozen=True)
class Moments:
    """The mean (C) and covariance (C, C) of feature vectors over the places of an image."""

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

    def before(self, head: Head) -> "Moments":
        """A gradient with respect to the moments of f, from one with respect to those of W f + b."""
        weight = head.weight.to(self.mean)
        return Moments(weight.T @ self.mean, weight.T @ self.covariance @ weight)

    def times(self, factor: float) -> "Moments":
        """A gradient `factor` times as large."""
        return Moments(self.mean * factor, self.covariance * factor)

    def double(self) -> "Moments":
        """The same in float64, for decompositions."""
        return Moments(self.mean.double(), self.covariance.double())


class Mixture:
    """The moments of a whole from those of its parts, in float64.

    It merges parts by the differences of their means (Chan, Golub and LeVeque 1979), never by raw second moments, in
    which a small variance would drown.
    """

    def __init__(self) -> None:
        self.weight = 0.0
        self.moments: Moments | None = None

    def add(self, part: Moments, weight: float) -> None:
        """Adds another part; one without weight changes nothing."""
        if weight <= 0:
            return
        other, so_far = part.double(), self.moments
        self.weight += weight
        if so_far is None:
            self.moments = other
            return
        share = weight / self.weight
        apart = other.mean - so_far.mean
        between = share * (1 - share) * torch.outer(apart, apart)
        self.moments = Moments(so_far.mean + share * apart, so_far.covariance.lerp(other.covariance, share) + between)


def blended(given: Sequence[Moments | None], weights: Sequence[float]) -> Moments | None:
    """The moments of a mixture without the parts that are None or have no weight; None if no part remains."""
    mixture = Mixture()
    for part, weight in zip(given, weights, strict=True):
        if part is not None:
            mixture.add(part, weight)
    return mixture.moments


def moments(features: Tensor, guide: Tensor | None = None) -> Moments:
    """The moments of a feature map (1, C, H, W), in float32 or better.

    With a `guide` (H, W), each place has that weight, relative to the sum: guided moments
    as in Gatys et al. 2017, "Controlling Perceptual Factors", arXiv:1611.07865, section 5, normalised.
    """
    return moments_of(as_vectors(features), None if guide is None else guide.reshape(-1))


def moments_of(vectors: Tensor, shares: Tensor | None = None) -> Moments:
    """The moments of vectors (N, C), in float32 or better; each has the weight that its part of `shares` (N) says."""
    wide = torch.promote_types(vectors.dtype, torch.float32)
    if shares is not None:
        relative = (shares.to(wide) / shares.to(wide).sum()).reshape(-1, 1)
        mean = (vectors * relative).sum(0)
        centred = vectors - mean
        return Moments(mean, centred.T @ (centred * relative))
    if wide != vectors.dtype:
        # The rounding of this difference is tiny beside that of the features; it saves a pass over all places.
        widened = vectors.to(wide)
        mean = widened.mean(0)
        return Moments(mean, widened.T @ widened / len(vectors) - torch.outer(mean, mean))
    mean = vectors.mean(0)
    centred = vectors - mean
    return Moments(mean, centred.T @ centred / len(vectors))


def gradient_at(vectors: Tensor, found: Moments, gradient: Moments, share: Tensor | float) -> Tensor:
    """The gradient at vectors (N, C) of a function of their moments `found`, in the vectors' dtype.

    `gradient` is the gradient with respect to mean and covariance; `share` is the weight of each place in the moments,
    (N) or one number for all: dL/df = share (2 G (f - m) + dL/dm), where G is the symmetric part of dL/dC.
    """
    double = gradient.covariance + gradient.covariance.T
    offset = gradient.mean - double @ found.mean
    if isinstance(share, float):
        double, offset = double * share, offset * share
    at_places = torch.addmm(offset.to(vectors.dtype)[None], vectors, double.to(vectors.dtype))
    if isinstance(share, Tensor):
        at_places *= share.reshape(-1, 1).to(at_places.dtype)
    return at_places


def as_vectors(features: Tensor) -> Tensor:
    """A feature map (1, C, H, W) as (H W, C), without a copy if its memory is channels-last."""
    return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])


def as_map(vectors: Tensor, like: Tensor) -> Tensor:
    """Vectors (H W, C) as a feature map (1, C, H, W) of the height and width of `like`, channels-last."""
    height, width = like.shape[2:]
    return vectors.reshape(1, height, width, vectors.shape[1]).permute(0, 3, 1, 2)

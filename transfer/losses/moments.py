"""First and second moments of feature vectors: all that a style loss here knows of a style."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

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

    def double(self) -> "Moments":
        """The same in float64, for decompositions."""
        return Moments(self.mean.double(), self.covariance.double())


def moments(features: Tensor, guide: Tensor | None = None) -> Moments:
    """The moments of a feature map (1, C, H, W), in float32 or better.

    Where a `guide` (H, W) is given, every place counts as much as it says, relative to its sum: guided moments
    as in Gatys et al. 2017, "Controlling Perceptual Factors", arXiv:1611.07865, section 5, normalised.
    """
    shares = None if guide is None else (guide / guide.sum()).reshape(-1, 1)
    mean, covariance = _Moments.apply(features, shares)  # type: ignore[no-untyped-call]
    return Moments(mean, covariance)


def blended(given: Sequence[Moments | None], weights: Sequence[float]) -> Moments | None:
    """The moments of a mixture: means and raw second moments added up in proportion to `weights`.

    What is None, or weighs nothing, is left out; None when nothing is left.
    """
    parts = [(weight, each) for weight, each in zip(weights, given, strict=True) if each is not None and weight > 0]
    if len(parts) < 2:
        return parts[0][1] if parts else None
    whole = sum(weight for weight, _ in parts)
    mean = torch.stack([weight / whole * each.mean for weight, each in parts]).sum(0)
    second = torch.stack([weight / whole * each.second for weight, each in parts]).sum(0)
    return Moments(mean, second - torch.outer(mean, mean))


class _Moments(torch.autograd.Function):
    """Mean and covariance with their gradient in closed form: one product of matrices there, and one back.

    For shares g that sum to 1, dL/df = g (2 G (f - m) + dL/dm), G being the symmetric part of dL/dC.
    """

    @staticmethod
    def forward(ctx: Any, features: Tensor, shares: Tensor | None) -> tuple[Tensor, Tensor]:
        """Mean (C) and covariance (C, C) of features (1, C, H, W)."""
        vectors = _vectors(features)
        wide = torch.promote_types(features.dtype, torch.float32)
        if shares is None and wide != features.dtype:
            # Beside the rounding of the features, that of this difference is nothing; it saves a pass over all places.
            widened = vectors.to(wide)
            mean = widened.mean(0)
            covariance = widened.T @ widened / len(vectors) - torch.outer(mean, mean)
        elif shares is None:
            mean = vectors.mean(0)
            centred = vectors - mean
            covariance = centred.T @ centred / len(vectors)
        else:
            mean = (vectors * shares).sum(0, dtype=wide)
            centred = vectors - mean
            covariance = centred.T @ (centred * shares)
        ctx.save_for_backward(features, mean, shares)
        return mean, covariance

    @staticmethod
    @once_differentiable  # type: ignore[untyped-decorator]
    def backward(ctx: Any, mean_gradient: Tensor, covariance_gradient: Tensor) -> tuple[Tensor, None]:
        """The gradient at the features, in their dtype."""
        features, mean, shares = ctx.saved_tensors
        vectors = _vectors(features)
        slope = covariance_gradient + covariance_gradient.T
        offset = mean_gradient - slope @ mean
        if shares is None:
            slope, offset = slope / len(vectors), offset / len(vectors)
        gradient = torch.addmm(offset.to(vectors.dtype)[None], vectors, slope.to(vectors.dtype))
        if shares is not None:
            gradient *= shares.to(gradient.dtype)
        batch, channels, height, width = features.shape
        return gradient.reshape(batch, height, width, channels).permute(0, 3, 1, 2), None


def _vectors(features: Tensor) -> Tensor:
    """A feature map (1, C, H, W) as (H W, C), without a copy when its memory is channels-last."""
    return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])

"""Gradients of equal size from every layer (neural-style's -normalize_gradients)."""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

FLOOR = 1e-20  # a gradient of nothing stays nothing


class NormalisedGradient(torch.autograd.Function):
    """The identity, whose gradient is scaled to a mean size of `size` / places, whatever came in.

    neural-style divides each layer's gradient by its L1 norm and multiplies it with the layer's weight.
    """

    @staticmethod
    def forward(ctx: Any, features: Tensor, size: float) -> Tensor:
        """The features as they are."""
        ctx.size = size
        return features.view_as(features)

    @staticmethod
    @once_differentiable  # type: ignore[untyped-decorator]
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        """The gradient, scaled."""
        places = gradient.shape[2] * gradient.shape[3]
        mean = gradient.abs().mean(dtype=torch.float32)
        return gradient * (ctx.size / (places * (mean + FLOOR))), None

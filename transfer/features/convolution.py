"""Convolutions whose maps go on beyond their edges as they end there: padding with zeros would paint dead borders."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class Convolution(nn.Conv2d):
    """A convolution of an odd `size` that keeps a map's size. Unlike torch's, one of 1 x 1 does not copy it before."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, bias: bool = True) -> None:
        super().__init__(inputs, outputs, size, padding=size // 2, padding_mode="replicate", bias=bias)
        self.beyond = size // 2

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        if self.weight.requires_grad:
            return functional.conv2d(_extended(features, self.beyond), self.weight, self.bias)
        found: Tensor = _Frozen.apply(features, self.weight, self.bias, self.beyond)  # type: ignore[no-untyped-call]
        return found


class _Frozen(torch.autograd.Function):
    """The same with weights that are not trained: to go back, it needs no copy of what came in.

    What lies beyond an edge is added to it in an order that is always the same, which torch does not do on a GPU.
    """

    @staticmethod
    def forward(ctx: Any, features: Tensor, weight: Tensor, bias: Tensor | None, beyond: int) -> Tensor:
        """See `Convolution`."""
        ctx.save_for_backward(weight)
        ctx.beyond = beyond
        return functional.conv2d(_extended(features, beyond), weight, bias)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Any:
        """The gradient at the features alone."""
        found = functional.conv_transpose2d(gradients[0], *ctx.saved_tensors)
        for axis in (2, 3):
            found = _folded(found, axis, ctx.beyond)
        return found, None, None, None


def _extended(features: Tensor, beyond: int) -> Tensor:
    return functional.pad(features, (beyond,) * 4, mode="replicate") if beyond else features


def _folded(gradient: Tensor, axis: int, beyond: int) -> Tensor:
    """The part within the edges, which what lies beyond them has been added to in place."""
    if not beyond:
        return gradient
    length = gradient.shape[axis] - 2 * beyond
    inside = gradient.narrow(axis, beyond, length)
    for edge, start in ((0, 0), (length - 1, beyond + length)):
        inside.select(axis, edge).add_(gradient.narrow(axis, start, beyond).sum(axis))
    return inside

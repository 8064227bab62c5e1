"""Convolutions whose maps go on beyond their edges as they end there: padding with zeros would paint dead borders."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer import devices


class Convolution(nn.Conv2d):
    """A convolution of an odd `size` that keeps a map's size. Unlike torch's, one of 1 x 1 does not copy it before."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, bias: bool = True) -> None:
        super().__init__(inputs, outputs, size, padding=size // 2, padding_mode="replicate", bias=bias)
        self.beyond = size // 2

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        return functional.conv2d(extended(features, self.beyond), self.weight, self.bias)


def extended(features: Tensor, beyond: int) -> Tensor:
    """A map (B, C, H, W) that goes on for `beyond` places on each side. Its gradient is the same every time."""
    if not beyond:
        return features
    if devices.on_cuda(features):
        found: Tensor = _Extended.apply(features, beyond)
        return found
    return functional.pad(features, (beyond,) * 4, mode="replicate")


class _Extended(torch.autograd.Function):
    """Replication padding, whose gradient torch adds up in whichever order a GPU's threads come."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, beyond: int) -> Tensor:
        """See `extended`."""
        ctx.beyond = beyond
        return functional.pad(features, (beyond,) * 4, mode="replicate")

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Any:
        """What lies beyond an edge is added to it."""
        (found,) = gradients
        for axis in (2, 3):
            found = _folded(found, axis, ctx.beyond)
        return found, None


def _folded(gradient: Tensor, axis: int, beyond: int) -> Tensor:
    length = gradient.shape[axis] - 2 * beyond
    found = gradient.narrow(axis, beyond, length).clone()
    for edge, start in ((0, 0), (length - 1, beyond + length)):
        found.select(axis, edge).add_(gradient.narrow(axis, start, beyond).sum(axis))
    return found

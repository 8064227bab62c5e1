"""Convolutions whose maps go on beyond their edges as they end there: padding with zeros would paint dead borders."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer import devices

CHANNELS = 8  # a GPU's matrix units take so many at a time


class Convolution(nn.Conv2d):
    """A convolution of an odd `size` that keeps a map's size, or divides it by `step`, rounded down.

    Unlike torch's, one of 1 x 1 does not copy the map before.
    """

    def __init__(self, inputs: int, outputs: int, size: int = 3, bias: bool = True, step: int = 1) -> None:
        super().__init__(inputs, outputs, size, step, padding=size // 2, padding_mode="replicate", bias=bias)
        self.beyond = (size // 2, size // 2 - step + 1)

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H // step, W // step)."""
        if self.weight.requires_grad:
            return functional.conv2d(_extended(features, self.beyond), self.weight, self.bias, self.stride)
        found: Tensor = _Frozen.apply(features, self.weight, self.bias, self.beyond, self.stride[0])  # type: ignore[no-untyped-call]
        return found


class _Frozen(torch.autograd.Function):
    """The same with weights that are not trained: to go back, it needs no copy of what came in.

    What lies beyond an edge is added to it in an order that is always the same, which torch does not do on a GPU.
    """

    @staticmethod
    def forward(
        ctx: Any, features: Tensor, weight: Tensor, bias: Tensor | None, beyond: tuple[int, int], step: int
    ) -> Tensor:
        """See `Convolution`."""
        ctx.save_for_backward(weight)
        ctx.beyond, ctx.step, ctx.size = beyond, step, features.shape[2:]
        if not devices.is_cuda(features.device):
            return functional.conv2d(_extended(features, beyond), weight, bias, step)
        channels = -(-features.shape[1] // CHANNELS) * CHANNELS
        wider = functional.pad(weight, (0, 0, 0, 0, 0, channels - features.shape[1]))
        return functional.conv2d(_copied(features, beyond, channels), wider, bias, step)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Any:
        """The gradient at the features alone."""
        (weight,) = ctx.saved_tensors
        # A step may pass over the last row and column, which then get nothing.
        reached = ((places - 1) * ctx.step + weight.shape[2] for places in gradients[0].shape[2:])
        unused = [side + sum(ctx.beyond) - each for side, each in zip(ctx.size, reached, strict=True)]
        found = functional.conv_transpose2d(gradients[0], weight, stride=ctx.step, output_padding=unused)
        for axis in (2, 3):
            found = _folded(found, axis, *ctx.beyond)
        return found, None, None, None, None


def _extended(features: Tensor, beyond: tuple[int, int]) -> Tensor:
    return functional.pad(features, beyond * 2, mode="replicate") if any(beyond) else features


def _copied(features: Tensor, beyond: tuple[int, int], channels: int) -> Tensor:
    """The same with so many channels, further ones of zeros, from plain copies: a GPU's own padding takes much longer,
    and gives up the order in memory that its convolutions want.
    """
    (before, after), (batch, count, height, width) = beyond, features.shape
    if not any(beyond) and count == channels:
        return features
    shape = batch, channels, height + before + after, width + before + after
    found = torch.empty(shape, dtype=features.dtype, device=features.device, memory_format=torch.channels_last)
    found[:, count:].zero_()
    whole = found[:, :count]
    whole.narrow(2, before, height).narrow(3, before, width).copy_(features)
    for axis, length in ((3, width), (2, height)):
        for start, places, edge in ((0, before, before), (before + length, after, before + length - 1)):
            if places:
                whole.narrow(axis, start, places).copy_(whole.narrow(axis, edge, 1))
    return found


def _folded(gradient: Tensor, axis: int, before: int, after: int) -> Tensor:
    """The part within the edges, which what lies beyond them has been added to in place."""
    length = gradient.shape[axis] - before - after
    inside = gradient.narrow(axis, before, length)
    for edge, start, beyond in ((0, 0, before), (length - 1, before + length, after)):
        for place in range(start, start + beyond):
            inside.select(axis, edge).add_(gradient.select(axis, place))
    return inside

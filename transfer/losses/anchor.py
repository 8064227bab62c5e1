"""Keeps the low frequencies of a lower rung, so that a higher one adds detail and does not drift.

    mean (T x - E y)^2

where y is the picture of the lower rung at a part of that rung's size, E enlarges it, and T is a triangle filter as
wide as the ratio of the sizes. Both are compared at twice the size of y, or at the picture's own where that is less:
compared at the size of y itself, where the ratio is whole, one of two pixels would be held and the other free, and a
lattice would grow.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.images import enlarged
from transfer.losses.term import PixelTerm
from transfer.tiling.around import resized
from transfer.tiling.wrap import NOWHERE, Wrap

LEAST_SIDE = 8  # chosen: px, so that even a tiny picture has a shape to hold


class Anchor:
    """Low frequencies (1, 3, h, w) to be kept, and how much that counts; those of an endless picture where it wraps."""

    def __init__(self, target: Tensor, weight: float = 1.0, wrap: Wrap = NOWHERE) -> None:
        self.target, self.weight, self.wrap = target, weight, wrap
        self._wanted: Tensor | None = None

    @classmethod
    def of(cls, lower: Tensor, part: float, weight: float = 1.0, wrap: Wrap = NOWHERE) -> "Anchor":
        """That of the picture of a lower rung, (1, 3, h, w), at `part` of its size, 0 < part <= 1."""
        height, width = (max(LEAST_SIDE, round(side * part)) for side in lower.shape[2:])
        low = resized(lower, (height, width), _resized, wrap)
        return cls(low.clone() if low is lower else low, weight, wrap)  # a checkpoint keeps both

    def distance(self, image: Tensor, channels: slice = slice(None)) -> Tensor:
        """Mean squared difference of low frequencies to `image` (1, 3, H, W), times the weight: a scalar.

        `channels` are those of `image`, which has no others; they contribute their part to the mean.
        """
        height, width = self.target.shape[2:]
        size = min(2 * height, max(height, image.shape[2])), min(2 * width, max(width, image.shape[3]))
        if self._wanted is None or self._wanted.shape[2:] != size:
            self._wanted = resized(self.target, size, lambda given, to: enlarged(given, to[::-1]), self.wrap)

        def low(given: Tensor, to: tuple[int, int]) -> Tensor:
            return _triangle(_triangle(_resized(given, to), 2, size[0] / height), 3, size[1] / width)

        found = resized(image, size, low, self.wrap)
        return self.weight * (found - self._wanted[:, channels]).square().sum() / self._wanted.numel()


class AnchorTerm(PixelTerm):
    """The distances of all anchors, times a weight, for the whole image at once: a low-pass is no matter of tiles."""

    name = "anchor"

    def __init__(self, weight: float, anchors: Sequence[Anchor]) -> None:
        self.weight, self.anchors = weight, anchors

    def whole(self, image: Tensor, gradient: Tensor) -> float:
        """See `PixelTerm`. Colours are taken one by one: it takes a third of the memory."""
        term = 0.0
        for anchor in self.anchors:
            for channel in range(image.shape[1]):
                own = slice(channel, channel + 1)
                leaf = image[:, own].detach().requires_grad_()
                value = self.weight * anchor.distance(leaf, own)
                gradient[:, own] += torch.autograd.grad(value, leaf)[0]
                term += float(value.detach())
        return term


def _resized(image: Tensor, size: tuple[int, int]) -> Tensor:
    if image.shape[2:] == size:
        return image
    return functional.interpolate(image, size, mode="bilinear", antialias=True, align_corners=False)


def _triangle(image: Tensor, axis: int, width: float) -> Tensor:
    """An image through a triangle filter of `width` px, from 1 to 2, along an axis; its edge goes on beyond it.

    A triangle twice as wide as another is the sum of three of these, half as far apart as it is wide: so what
    `_resized` made twice as large as the target is filtered as it would have been on the way to the target's size.
    """
    beside = 1 - 1 / width
    length = image.shape[axis]
    if beside <= 0 or length < 2:
        return image
    first, last = image.narrow(axis, 0, 1), image.narrow(axis, length - 1, 1)
    before = torch.cat([first, image.narrow(axis, 0, length - 1)], axis)
    after = torch.cat([image.narrow(axis, 1, length - 1), last], axis)
    return (image + beside * (before + after)) / (1 + 2 * beside)

"""Keeps the low frequencies of a lower rung, so that a higher one adds detail and does not drift.

    mean (P x - P y)^2

where y is the picture of the lower rung and P is a low-pass (a triangle filter) down to a part of that rung's size, the
same in units of the picture at both sizes.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from transfer.losses.term import PixelTerm

LEAST_SIDE = 8  # chosen: px, so that even a tiny picture has a shape to hold


class Anchor:
    """Low frequencies (1, 3, h, w) to be kept, and how much that counts."""

    def __init__(self, target: Tensor, weight: float = 1.0) -> None:
        self.target = target
        self.weight = weight

    @classmethod
    def of(cls, lower: Tensor, part: float, weight: float = 1.0) -> "Anchor":
        """That of the picture of a lower rung, (1, 3, h, w), at `part` of its size, 0 < part <= 1."""
        height, width = (max(LEAST_SIDE, round(side * part)) for side in lower.shape[2:])
        return cls(_low(lower, (height, width)), weight)

    def distance(self, image: Tensor) -> Tensor:
        """Mean squared difference of low frequencies to `image` (1, 3, H, W), times the weight: a scalar."""
        low = _low(image, (self.target.shape[2], self.target.shape[3]))
        return self.weight * (low - self.target).square().mean()


class AnchorTerm(PixelTerm):
    """The distances of all anchors, times a weight, for the whole image at once: a low-pass is no matter of tiles."""

    name = "anchor"

    def __init__(self, weight: float, anchors: Sequence[Anchor]) -> None:
        self.weight, self.anchors = weight, anchors

    def whole(self, image: Tensor, gradient: Tensor) -> float:
        """See `PixelTerm`."""
        term = 0.0
        for anchor in self.anchors:
            leaf = image.detach().requires_grad_()
            value = self.weight * anchor.distance(leaf)
            gradient += torch.autograd.grad(value, leaf)[0]
            term += float(value.detach())
        return term


def _low(image: Tensor, size: tuple[int, int]) -> Tensor:
    return functional.interpolate(image, size, mode="bilinear", antialias=True, align_corners=False)

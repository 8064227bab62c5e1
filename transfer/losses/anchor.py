"""Keeps the low frequencies of the rung below, so that a higher rung adds detail and does not drift.

    mean (P x - P y)^2

where y is the picture of the rung below and P is a low-pass (a triangle filter) down to half of that rung's size, the
same in units of the picture at both sizes.
"""

from torch import Tensor
from torch.nn import functional


class Anchor:
    """The picture of the rung below, (1, 3, h, w), at half its size."""

    def __init__(self, below: Tensor) -> None:
        self.size = (max(8, below.shape[2] // 2), max(8, below.shape[3] // 2))
        self.target = self._low(below)

    def _low(self, image: Tensor) -> Tensor:
        return functional.interpolate(image, self.size, mode="bilinear", antialias=True, align_corners=False)

    def distance(self, image: Tensor) -> Tensor:
        """Mean squared difference of low frequencies to `image` (1, 3, H, W): a scalar."""
        return (self._low(image) - self.target).square().mean()

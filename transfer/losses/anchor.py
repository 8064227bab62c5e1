"""Keeps the low frequencies of a lower rung, so that a higher one adds detail and does not drift.

    mean (P x - P y)^2

where y is the picture of the lower rung and P is a low-pass (a triangle filter) down to a part of that rung's size, the
same in units of the picture at both sizes.
"""

from torch import Tensor
from torch.nn import functional

LEAST_SIDE = 8


class Anchor:
    """The picture of a lower rung, (1, 3, h, w), at `part` of its size, 0 < part <= 1."""

    def __init__(self, lower: Tensor, part: float, weight: float = 1.0) -> None:
        height, width = (max(LEAST_SIDE, round(side * part)) for side in lower.shape[2:])
        self.size = (height, width)
        self.weight = weight
        self.target = self._low(lower)

    def _low(self, image: Tensor) -> Tensor:
        return functional.interpolate(image, self.size, mode="bilinear", antialias=True, align_corners=False)

    def distance(self, image: Tensor) -> Tensor:
        """Mean squared difference of low frequencies to `image` (1, 3, H, W), times the weight: a scalar."""
        return self.weight * (self._low(image) - self.target).square().mean()

"""Keeps the low frequencies of a lower rung, so that a higher one adds detail and does not drift.

    mean (P x - P y)^2

where y is the picture of the lower rung and P is a low-pass (a triangle filter) down to a part of that rung's size, the
same in units of the picture at both sizes.
"""

from torch import Tensor
from torch.nn import functional

LEAST_SIDE = 8


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


def _low(image: Tensor, size: tuple[int, int]) -> Tensor:
    return functional.interpolate(image, size, mode="bilinear", antialias=True, align_corners=False)

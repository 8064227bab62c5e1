"""Keeps the low frequencies of a lower rung, so that a higher one adds detail and does not drift.

    mean (T x - E y)^2

where y is the picture of the lower rung at a part of that rung's size, E enlarges it, and T is a triangle filter as
wide as the ratio of the sizes. Both are compared at twice the size of y, or at the picture's own where that is less:
compared at the size of y itself, where the ratio is whole, one of two pixels would be held and the other free, and a
lattice would grow.
"""

from collections.abc import Sequence

from torch import Tensor

from transfer.losses.lowpass import LowPass, resized
from transfer.losses.term import PixelTerm, Scalar
from transfer.tiling import around
from transfer.tiling.wrap import NOWHERE, Wrap

LEAST_SIDE = 8  # chosen: px, so that even a tiny picture has a shape to hold


class Anchor:
    """Low frequencies (1, 3, h, w) to be kept, and how much that counts; those of an endless picture where it wraps."""

    def __init__(self, target: Tensor, weight: float = 1.0, wrap: Wrap = NOWHERE) -> None:
        self.target, self.weight, self.wrap = target, weight, wrap
        self._compared: tuple[LowPass, Tensor] | None = None

    @classmethod
    def of(cls, lower: Tensor, part: float, weight: float = 1.0, wrap: Wrap = NOWHERE) -> "Anchor":
        """That of the picture of a lower rung, (1, 3, h, w), at `part` of its size, 0 < part <= 1."""
        height, width = (max(LEAST_SIDE, round(side * part)) for side in lower.shape[2:])
        low = around.resized(lower, (height, width), resized, wrap)
        return cls(low.clone() if low is lower else low, weight, wrap)  # a checkpoint keeps both

    def pull(self, image: Tensor, weight: float, gradient: Tensor) -> Scalar:
        """The mean squared difference to an image (1, 3, H, W), times `weight` and the anchor's own.

        Its gradient is added to `gradient`. Colours are taken one by one: it takes a third of the memory.
        """
        low_pass, wanted = self._as_compared(image)
        unit = weight * self.weight / wanted.numel()
        term: Scalar = 0.0
        for channel in range(image.shape[1]):
            apart = low_pass(image[0, channel]) - wanted[channel]
            term += unit * apart.square().sum().double()
            gradient[0, channel] += low_pass.back(apart.mul_(2 * unit))
        return term

    def _as_compared(self, image: Tensor) -> tuple[LowPass, Tensor]:
        """What is seen of an image of this size, and the target as it should be seen: (3, w, h)."""
        size = image.shape[2], image.shape[3]
        if self._compared is None or self._compared[0].size != size:
            low_pass = LowPass(size, (self.target.shape[2], self.target.shape[3]), image, self.wrap)
            wanted = around.enlarged(self.target, low_pass.compared, self.wrap)
            self._compared = low_pass, wanted[0].mT.contiguous()
        return self._compared


class AnchorTerm(PixelTerm):
    """The distances of all anchors, times a weight, for the whole image at once: a low-pass is no matter of tiles."""

    name = "anchor"

    def __init__(self, weight: float, anchors: Sequence[Anchor]) -> None:
        self.weight, self.anchors = weight, anchors

    def whole(self, image: Tensor, gradient: Tensor) -> Scalar:
        """See `PixelTerm`."""
        return sum(anchor.pull(image, self.weight, gradient) for anchor in self.anchors)

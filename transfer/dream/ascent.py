"""Steps up a normalised gradient, as DeepDream takes them.

    x <- x + s * N(g) / mean |N(g)|

Without N that is google/deepdream's step. N is its Laplacian pyramid normalisation (dream.ipynb, "Laplacian Pyramid
Gradient Normalization"): each band of frequencies gets the same strength, so that large shapes grow along with fine
detail, which otherwise looks like noise.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from transfer.dream.jitter import Jitter
from transfer.engine.optimisers import PixelOptimiser
from transfer.room import apart

FINEST = 0.5  # chosen: the strength of the band of single pixels beside the others, since it shows as a weave
SMALLEST_BAND = 8  # px: chosen, below which a picture is not divided further
NOTHING = 1e-30  # a gradient of nothing stays nothing
# How the colours of photographs vary together: C C^T, where C is lucid's `color_correlation_svd_sqrt` (Olah et al.
# 2017, "Feature Visualization"), with a largest row sum of 1.
TOGETHER = torch.tensor(((0.3315, 0.3014, 0.2731), (0.3014, 0.3284, 0.3110), (0.2731, 0.3110, 0.3567))).div(0.9408)


class Ascent(PixelOptimiser):
    """Moves `image` against a normalised gradient by `learning_rate` on average; `levels` are the Laplacian's.

    `natural`, from 0 to 1, is how much the colours of a step are bound together. It counts the steps for `jitter`.
    """

    def __init__(self, image: Tensor, learning_rate: float, levels: int, natural: float, jitter: Jitter) -> None:
        self.image = apart(image)
        self.learning_rate, self.levels, self.natural, self.jitter = learning_rate, levels, natural, jitter

    def _move(self, gradient: Tensor) -> None:
        self.jitter.step += 1
        if self.levels:
            evened(gradient, self.levels)
        if self.natural:
            mixed = self.natural * TOGETHER + (1 - self.natural) * torch.eye(3)
            gradient.copy_(torch.einsum("dc,bchw->bdhw", mixed.to(gradient), gradient))
        size = float(gradient.abs().mean(dtype=torch.float64))
        if size > NOTHING:
            self.image.sub_(gradient, alpha=self.learning_rate / size)

    def slowed(self, image: Tensor) -> "Ascent":
        """See `PixelOptimiser`."""
        return Ascent(image, self.learning_rate / 2, self.levels, self.natural, self.jitter)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """See `PixelOptimiser`."""
        return {}, {"steps": self.jitter.step, "learning_rate": self.learning_rate}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `PixelOptimiser`."""
        self.jitter.step, self.learning_rate = values["steps"], values["learning_rate"]


def evened(gradient: Tensor, levels: int) -> None:
    """Gives `levels` bands of a gradient (1, 3, H, W), and what is below them, the same root mean square, in place.

    Only that of the finest one is less.
    """
    _split(gradient, levels, FINEST)


def _split(gradient: Tensor, levels: int, strength: float) -> None:
    height, width = gradient.shape[2:]
    if levels == 0 or min(height, width) < 2 * SMALLEST_BAND:
        _brought_to(gradient, 1.0)
        return
    low = functional.interpolate(gradient, (-(-height // 2), -(-width // 2)), mode="bilinear", antialias=True)
    gradient.sub_(_enlarged(low, (height, width)))
    _brought_to(gradient, strength)
    _split(low, levels - 1, 1.0)
    gradient.add_(_enlarged(low, (height, width)))


def _enlarged(low: Tensor, size: tuple[int, int]) -> Tensor:
    return functional.interpolate(low, size, mode="bilinear", align_corners=False)


def _brought_to(band: Tensor, wanted: float) -> None:
    size = float(band.square().mean(dtype=torch.float64)) ** 0.5
    if size > NOTHING:
        band.mul_(wanted / size)

"""The colours in which patches are compared: along the picture's own axes, the weaker ones strengthened.

In RGB nearly all of a patch's variance is brightness, so that a wrong hue would hardly count.
"""

import torch
from torch import Tensor

STRENGTHENED = 0.5  # chosen: of the difference between the axes' deviations is evened out (a power)
LEAST = 0.15  # of the largest deviation counts for each axis at least, so that a grey picture stays grey
SAMPLE = 250_000  # pixels that are looked at


class Palette:
    """Between (1, 3, H, W) in sRGB from 0 to 1 and the same along the axes of `image`'s colours, around its mean."""

    def __init__(self, image: Tensor) -> None:
        pixels = image[0].flatten(1)
        pixels = pixels[:, :: max(1, pixels.shape[1] // SAMPLE)].double()
        self.mean = pixels.mean(1, keepdim=True)
        apart = pixels - self.mean
        variances, axes = torch.linalg.eigh(apart @ apart.T / pixels.shape[1])
        deviations = variances.clamp_min(1e-8).sqrt()
        deviations = deviations.clamp_min(float(deviations.max()) * LEAST)
        self.to_axes = (deviations / deviations.max()).pow(-STRENGTHENED)[:, None] * axes.T
        self.to_rgb = torch.linalg.inv(self.to_axes)

    def compared(self, image: Tensor) -> Tensor:
        """Colours as they are compared, a new tensor."""
        return _mapped(image, self.to_axes, -self.to_axes @ self.mean)

    def shown(self, image: Tensor) -> Tensor:
        """The same in sRGB, clamped to [0, 1]."""
        return _mapped(image, self.to_rgb, self.mean).clamp_(0, 1)


def _mapped(image: Tensor, matrix: Tensor, shift: Tensor) -> Tensor:
    found = torch.addmm(shift.to(image), matrix.to(image), image[0].flatten(1))
    return found.view_as(image)

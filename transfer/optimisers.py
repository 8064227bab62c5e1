"""Optimisers over the pixels of one image."""

import torch
from torch import Tensor
from torch.nn import functional

BETAS = (0.9, 0.99)


class PixelAdam:
    """Adam (Kingma and Ba 2014, arXiv:1412.6980) over one image, warm-started from the rung below.

    Its moments are carried to the next size by interpolation, the first bicubic, the second bilinear and clamped (as in
    crowsonkb/style-transfer-pytorch). Gradients must not shrink as an image grows: give it those of
    the loss times the number of pixels.
    """

    def __init__(self, image: Tensor, learning_rate: float, below: "PixelAdam | None" = None) -> None:
        self.image = image.detach().clone().requires_grad_()
        self.adam = torch.optim.Adam([self.image], lr=learning_rate, betas=BETAS)
        if below is not None:
            self._continue_from(below)

    def _continue_from(self, below: "PixelAdam") -> None:
        state = below.adam.state[below.image]
        size = self.image.shape[2:]
        self.adam.state[self.image] = {
            "step": state["step"].clone(),
            "exp_avg": functional.interpolate(state["exp_avg"], size, mode="bicubic", align_corners=False),
            "exp_avg_sq": functional.interpolate(
                state["exp_avg_sq"], size, mode="bilinear", align_corners=False
            ).clamp_min(0),
        }

    def step(self, loss: Tensor) -> None:
        """Moves the image against the gradient of `loss`, and back into [0, 1]."""
        pixels = self.image.shape[2] * self.image.shape[3]
        self.adam.zero_grad()
        (loss * pixels).backward()
        self.adam.step()
        with torch.no_grad():
            self.image.clamp_(0, 1)


class IterateAverage:
    """The exponential average of the iterates (Polyak and Juditsky 1992), unbiased from the first on.

    It is cleaner than any single iterate: what Adam's last steps shake about cancels out. The window is a part of the
    rung's iterations, so that a short rung forgets where it started.
    """

    def __init__(self, image: Tensor, iterations: int) -> None:
        self.decay = max(0.5, min(0.97, 1 - 5 / iterations))
        self.sum = torch.zeros_like(image)
        self.weight = 0.0

    def add(self, image: Tensor) -> None:
        """Takes the next iterate in."""
        self.sum.mul_(self.decay).add_(image.detach(), alpha=1 - self.decay)
        self.weight = self.weight * self.decay + 1 - self.decay

    @property
    def image(self) -> Tensor:
        """The average so far, a new tensor of the iterates' shape."""
        return self.sum / self.weight

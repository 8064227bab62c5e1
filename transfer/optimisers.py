"""Optimisers over the pixels of one image."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

BETAS, EPSILON = (0.9, 0.99), 1e-8
LBFGS_MEMORY = 512 * 1024**2  # bytes for the history of L-BFGS
LBFGS_BYTES = 24  # for each pixel and entry: two float32 vectors of three colours

Loss = Callable[[Tensor], Tensor]


class PixelOptimiser:
    """Moves `image` (1, 3, H, W) against the gradient of a loss, and back into [0, 1] after every step."""

    image: Tensor

    def step(self, loss: Loss) -> None:
        """One step; `loss` gives a scalar for an image."""
        raise NotImplementedError

    def slowed(self, image: Tensor) -> "PixelOptimiser":
        """A fresh optimiser of the same kind at `image`, with half the learning rate."""
        raise NotImplementedError

    def _scaled(self, loss: Loss) -> Tensor:
        """The loss times the number of pixels: unlike a mean's, its gradient does not shrink as an image grows."""
        return loss(self.image) * (self.image.shape[2] * self.image.shape[3])


class PixelAdam(PixelOptimiser):
    """Adam (Kingma and Ba 2014, arXiv:1412.6980) over one image, warm-started from the rung below.

    Its moments are carried to the next size by interpolation, the first bicubic, the second bilinear and clamped (as in
    crowsonkb/style-transfer-pytorch). torch's own Adam would import the compiler's machinery, a second in each process.
    """

    def __init__(self, image: Tensor, learning_rate: float, below: "PixelAdam | None" = None) -> None:
        self.image = image.detach().clone().requires_grad_()
        self.learning_rate = learning_rate
        self.first, self.second = torch.zeros_like(image), torch.zeros_like(image)
        self.steps = 0
        if below is not None:
            size = image.shape[2:]
            self.steps = below.steps
            self.first = functional.interpolate(below.first, size, mode="bicubic", align_corners=False)
            self.second = functional.interpolate(below.second, size, mode="bilinear", align_corners=False).clamp_min_(0)

    def step(self, loss: Loss) -> None:
        """See `PixelOptimiser`."""
        (gradient,) = torch.autograd.grad(self._scaled(loss), self.image)
        self.steps += 1
        self.first.lerp_(gradient, 1 - BETAS[0])
        self.second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
        first_unbiased, second_unbiased = (1 - beta**self.steps for beta in BETAS)
        size = self.second.div(second_unbiased).sqrt_().add_(EPSILON)
        with torch.no_grad():
            self.image.addcdiv_(self.first, size, value=-self.learning_rate / first_unbiased).clamp_(0, 1)

    def slowed(self, image: Tensor) -> "PixelAdam":
        """See `PixelOptimiser`."""
        return PixelAdam(image, self.learning_rate / 2)


class PixelLBFGS(PixelOptimiser):
    """L-BFGS (Liu and Nocedal 1989) over one image, without a line search, as neural-style runs it.

    Its history is as long as `corrections`, but never larger than `LBFGS_MEMORY`.
    """

    def __init__(self, image: Tensor, corrections: int, learning_rate: float = 1.0) -> None:
        self.image = image.detach().clone().requires_grad_()
        self.corrections, self.learning_rate = corrections, learning_rate
        entries = LBFGS_MEMORY // (LBFGS_BYTES * image.shape[2] * image.shape[3])
        history = max(1, min(corrections, entries))
        self.optimiser = torch.optim.LBFGS(
            [self.image], lr=learning_rate, max_iter=1, history_size=history, tolerance_grad=0, tolerance_change=0
        )

    def step(self, loss: Loss) -> None:
        """See `PixelOptimiser`."""

        def closure() -> float:
            self.optimiser.zero_grad()
            found = self._scaled(loss)
            torch.autograd.backward(found)
            return float(found.detach())

        self.optimiser.step(closure)
        with torch.no_grad():
            self.image.clamp_(0, 1)

    def slowed(self, image: Tensor) -> "PixelLBFGS":
        """See `PixelOptimiser`."""
        return PixelLBFGS(image, self.corrections, self.learning_rate / 2)


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

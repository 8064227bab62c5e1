"""The optimiser of the few iterations that follow a pass."""

from typing import Any

from torch import Tensor

from transfer.engine.optimisers import PixelOptimiser
from transfer.room import apart, room

KEPT = 0.9  # of the gradients before, by default
MOST = 3.0  # chosen: no pixel is moved by more than so many times the usual step


class EvenSteps(PixelOptimiser):
    """Gradient descent with momentum, in units of the gradient's root mean square over the whole picture.

    Adam divides by what each pixel's own gradient was. In its first iterations that moves all pixels equally far, also
    where the loss asks for next to nothing: a flat sky gets a net of strokes, which only more iterations would mend.
    """

    def __init__(self, image: Tensor, learning_rate: float, kept: float = KEPT) -> None:
        self.image, self.learning_rate, self.kept = apart(image), learning_rate, kept
        self.pace, self.steps = room(tuple(image.shape), image), 0

    def _move(self, gradient: Tensor) -> None:
        self.steps += 1
        size = gradient.square().mean().sqrt().clamp_min(1e-12)
        self.pace.lerp_(gradient.div_(size).clamp_(-MOST, MOST), 1 - self.kept)
        self.image.add_(self.pace, alpha=-self.learning_rate / (1 - self.kept**self.steps))

    def slowed(self, image: Tensor) -> "EvenSteps":
        """See `PixelOptimiser`."""
        return EvenSteps(image, self.learning_rate / 2, self.kept)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """See `PixelOptimiser`."""
        return {"pace": self.pace}, {"steps": self.steps, "learning_rate": self.learning_rate}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `PixelOptimiser`."""
        self.pace, self.steps, self.learning_rate = tensors["pace"], values["steps"], values["learning_rate"]

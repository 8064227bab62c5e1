"""Optimisers over the pixels of one image."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from transfer.room import apart, room
from transfer.tiling.around import resized
from transfer.tiling.wrap import NOWHERE, Wrap

BETAS, EPSILON = (0.9, 0.99), 1e-8
LEAST_CURVATURE = 1e-10


class PixelOptimiser(ABC):
    """Moves `image` (1, 3, H, W) against a gradient, and back into [0, 1] after every step."""

    image: Tensor
    learning_rate: float

    def step(self, gradient: Tensor) -> None:
        """One step from `image`, where the loss has this gradient, which is used up.

        It is taken times the number of pixels: unlike a mean's gradient, that does not shrink as an image grows.
        """
        self._move(gradient.mul_(self.image.shape[2] * self.image.shape[3]))
        self.image.clamp_(0, 1)

    @abstractmethod
    def _move(self, gradient: Tensor) -> None: ...

    @abstractmethod
    def slowed(self, image: Tensor) -> "PixelOptimiser":
        """A fresh optimiser of the same kind at `image`, with half the learning rate."""

    @abstractmethod
    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """All that its next steps depend on besides the image: tensors, and plain values."""

    @abstractmethod
    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """Goes on from what `state` gave."""


@dataclass(frozen=True)
class Momentum:
    """What Adam carries from one rung to the next: its moments (1, 3, H, W) and how many steps they remember."""

    first: Tensor
    second: Tensor
    steps: int

    def on(self, device: torch.device) -> "Momentum":
        """The same on a device."""
        return Momentum(self.first.to(device), self.second.to(device), self.steps)

    def moved(self, by: tuple[int, int]) -> "Momentum":
        """That of the picture moved around by so many rows and columns."""
        return Momentum(self.first.roll(by, (2, 3)), self.second.roll(by, (2, 3)), self.steps)


class PixelAdam(PixelOptimiser):
    """Adam (Kingma and Ba 2014, arXiv:1412.6980) over one image, warm-started from the rung below.

    Its moments are carried to the next size by interpolation, the first bicubic, the second bilinear and clamped (as in
    crowsonkb/style-transfer-pytorch). torch's own Adam would import the compiler's machinery, a second in each process.
    """

    def __init__(
        self, image: Tensor, learning_rate: float, below: Momentum | None = None, wrap: Wrap = NOWHERE
    ) -> None:
        self.image = apart(image)
        self.learning_rate = learning_rate
        if below is None:
            shape = tuple(image.shape)
            self.first, self.second, self.steps = room(shape, image), room(shape, image), 0
        else:
            size = image.shape[2], image.shape[3]
            self.steps = below.steps
            self.first = apart(resized(below.first, size, partial(_interpolated, "bicubic"), wrap))
            self.second = apart(resized(below.second, size, partial(_interpolated, "bilinear"), wrap))
            self.second.clamp_min_(0)

    @property
    def momentum(self) -> Momentum:
        """What the rung above starts with."""
        return Momentum(self.first, self.second, self.steps)

    def _move(self, gradient: Tensor) -> None:
        self.steps += 1
        self.first.lerp_(gradient, 1 - BETAS[0])
        self.second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
        first_unbiased, second_unbiased = (1 - beta**self.steps for beta in BETAS)
        size = torch.div(self.second, second_unbiased, out=gradient).sqrt_().add_(EPSILON)
        self._go(-self.learning_rate / first_unbiased, size)

    def _go(self, rate: Any, size: Tensor) -> None:
        self.image.addcdiv_(self.first, size, value=rate)

    def slowed(self, image: Tensor) -> "PixelAdam":
        """See `PixelOptimiser`."""
        return PixelAdam(image, self.learning_rate / 2)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """See `PixelOptimiser`."""
        tensors = {"first": self.first, "second": self.second}
        return tensors, {"steps": self.steps, "learning_rate": self.learning_rate}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `PixelOptimiser`."""
        self.first, self.second = tensors["first"], tensors["second"]
        self.steps, self.learning_rate = values["steps"], values["learning_rate"]


class TensorAdam(PixelAdam):
    """Adam whose counter and rate are tensors too, on the device of its image: a step can be recorded and replayed."""

    def __init__(self, adam: PixelAdam) -> None:
        self.image, self.first, self.second = adam.image, adam.first, adam.second
        self.steps: Any = self._number(adam.steps)
        self.learning_rate: Any = self._number(adam.learning_rate)

    def _number(self, value: float) -> Tensor:
        return torch.full((), value, dtype=torch.float64, device=self.image.device)

    @property
    def momentum(self) -> Momentum:
        """See `PixelAdam`."""
        return Momentum(self.first, self.second, int(self.steps))

    def _go(self, rate: Tensor, size: Tensor) -> None:
        self.image.add_(self.first.mul(rate).div_(size))

    def slow_down(self, image: Tensor) -> None:
        """What `slowed` gives, in the same memory."""
        self.image.copy_(image)
        for moment in (self.first, self.second, self.steps):
            moment.zero_()
        self.learning_rate.mul_(0.5)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """See `PixelOptimiser`."""
        tensors, values = super().state()
        return tensors, {**values, "steps": int(self.steps), "learning_rate": float(self.learning_rate)}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `PixelOptimiser`."""
        super().restore(tensors, values)
        self.steps, self.learning_rate = self._number(self.steps), self._number(self.learning_rate)


def _interpolated(mode: str, moments: Tensor, size: tuple[int, int]) -> Tensor:
    return functional.interpolate(moments, size, mode=mode, align_corners=False)


class PixelLBFGS(PixelOptimiser):
    """L-BFGS (Liu and Nocedal 1989, algorithm 2.1) over one image, without a line search, as neural-style runs it.

    Its history has at most `corrections` pairs, each of two images.
    """

    def __init__(self, image: Tensor, corrections: int, learning_rate: float = 1.0) -> None:
        self.image = apart(image)
        self.corrections, self.learning_rate = corrections, learning_rate
        self.pairs: list[tuple[Tensor, Tensor]] = []  # (change of the gradient, step), oldest first
        self.curvatures: list[float] = []  # the product of each
        self.before: tuple[Tensor, Tensor] | None = None  # the last gradient, and the step that was made there
        self.scale = 1.0

    def _move(self, gradient: Tensor) -> None:
        if not bool(gradient.any()):
            return
        if self.before is not None:
            self._remember(gradient, *self.before)
        way = self._direction(gradient)
        if float((gradient * way).sum()) > 0:
            return
        first = self.before is None
        way *= self.learning_rate * (min(1.0, 1.0 / float(gradient.abs().sum())) if first else 1.0)
        self.image += way
        self.before = apart(gradient), way

    def _remember(self, gradient: Tensor, last: Tensor, step: Tensor) -> None:
        change = torch.sub(gradient, last, out=last)
        curvature = float((change * step).sum())
        if curvature <= LEAST_CURVATURE:
            return
        self.pairs = [*self.pairs, (change, step)][-self.corrections :]
        self.curvatures = [*self.curvatures, curvature][-self.corrections :]
        self.scale = curvature / float(change.square().sum())

    def _direction(self, gradient: Tensor) -> Tensor:
        """Minus the inverse Hessian, as the history knows it, times the gradient: the two loops."""
        way, parts = apart(gradient).neg_(), list[float]()
        for (change, step), curvature in zip(reversed(self.pairs), reversed(self.curvatures), strict=True):
            parts.append(float((step * way).sum()) / curvature)
            way.sub_(change, alpha=parts[-1])
        way *= self.scale
        for (change, step), curvature, part in zip(self.pairs, self.curvatures, reversed(parts), strict=True):
            way.add_(step, alpha=part - float((change * way).sum()) / curvature)
        return way

    def slowed(self, image: Tensor) -> "PixelLBFGS":
        """See `PixelOptimiser`."""
        return PixelLBFGS(image, self.corrections, self.learning_rate / 2)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """See `PixelOptimiser`."""
        named = [*self.pairs, *([] if self.before is None else [self.before])]
        tensors = {f"{name}{number}": pair[part] for number, pair in enumerate(named) for part, name in enumerate("ys")}
        values = {"curvatures": self.curvatures, "began": self.before is not None}
        return tensors, {**values, "scale": self.scale, "learning_rate": self.learning_rate}

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """See `PixelOptimiser`."""
        self.curvatures = list(values["curvatures"])
        count = len(self.curvatures) + values["began"]
        named = [(tensors[f"y{number}"], tensors[f"s{number}"]) for number in range(count)]
        self.before = named.pop() if values["began"] else None
        self.pairs, self.scale, self.learning_rate = named, values["scale"], values["learning_rate"]

"""What a picture is painted towards: all that the engine asks of a kind of work that climbs the ladder."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence

import torch
from torch import Tensor

from transfer import devices
from transfer.devices import precision
from transfer.engine.ladder import Rung, rungs
from transfer.engine.layout import Layout
from transfer.engine.objective import Objective
from transfer.engine.optimisers import Momentum, PixelAdam, PixelLBFGS, PixelOptimiser
from transfer.engine.painting import Painting
from transfer.engine.recorded import painting_by
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.losses.anchor import Anchor
from transfer.recipes.climbing import Climbing, Viewing
from transfer.tiling.wrap import NOWHERE, Wrap


class Goal(ABC):
    """A goal on every rung of a ladder. What it is on a rung depends on its inputs, its recipe and the rung alone.

    `rungs` is the ladder, lowest first. Images are (1, 3, H, W), in [0, 1], on `device`; `wrap` says which of their
    sides go on at the opposite ones.
    """

    wrap: Wrap = NOWHERE

    def __init__(self, recipe: Climbing, device: torch.device) -> None:
        self.recipe, self.device = recipe, device
        self.rungs = rungs(recipe)

    @property
    @abstractmethod
    def smallest_tile(self) -> int:
        """The fewest pixels that a tile can have."""

    @abstractmethod
    def identity(self) -> Sequence[object]:
        """Plain values, equal for goals that paint the same pixels on a rung that both have: see `checkpoint.key`."""

    @abstractmethod
    def size(self, rung: Rung) -> tuple[int, int]:
        """(width, height) of the picture on a rung."""

    @abstractmethod
    def layout(self, rung: Rung, memory: int | None) -> Layout:
        """How a rung fits into `memory` bytes; raises PlanError where it does not."""

    @abstractmethod
    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """The image that a rung starts from, given that of the rung below, if there is one."""

    @abstractmethod
    def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]) -> Generator[float, None, Objective]:
        """What is minimised on a rung, `anchors` to lower rungs included. Pauses now and then, with 0."""

    def optimiser(self, rung: Rung, start: Tensor, momentum: Momentum | None, corrections: int) -> PixelOptimiser:
        """What moves the pixels of a rung from `start`: as the recipe says, with the momentum of the rung below.

        It is asked for after the objective of the same rung.
        """
        if self.recipe.optimizer == "lbfgs":
            return PixelLBFGS(start, corrections)
        return PixelAdam(start, rung.learning_rate, momentum, self.wrap)

    def moves(self, rung: Rung, picture: Tensor) -> tuple[int, int]:
        """By how many rows and columns the finished picture of a rung is moved around, before anything builds on it.

        Only where it wraps, and nothing has a place of its own; and not above `ladder.PREVIEW` px.
        """
        return 0, 0

    def shown_moved(self, rung: Rung, picture: Tensor) -> tuple[int, int]:
        """By how many rows and columns the finished picture of a rung is moved around where it is shown.

        Only where it wraps. What builds on it is not moved: that holds on to the preview, which has its own place.
        """
        return 0, 0

    def painting(self, objective: Objective, optimiser: PixelOptimiser, rung: Rung) -> Painting:
        """What works on a rung: iterations of `optimiser`, unless the kind begins otherwise."""
        return painting_by(objective, optimiser, rung, self.recipe.early_stopping)

    @abstractmethod
    def to_cpu(self) -> None:
        """Goes on there, since the memory of `device` ran out."""

    def shown(self, picture: Tensor) -> Tensor:
        """A picture of any size as it is shown; `picture` is used up."""
        return picture


class ViewedGoal(Goal):
    """A goal whose picture is viewed through `network`, on the device where that is."""

    recipe: Viewing

    def __init__(self, recipe: Viewing, network: FeatureNetwork) -> None:
        super().__init__(recipe, network.mean.device)
        self.network = network

    @property
    def gpu_memory(self) -> int | None:
        """The bytes that a GPU has for a view; None where the network is on no GPU."""
        return devices.memory(self.device)

    @property
    def smallest_tile(self) -> int:
        """See `Goal`."""
        field = BACKBONES[self.recipe.backbone].field(self.recipe.layers)
        return field.smallest_tile(field.gradient_margin)

    def to_cpu(self) -> None:
        """See `Goal`."""
        self.device = torch.device("cpu")
        self.network = self.network.to("cpu").frozen(precision(self.device))

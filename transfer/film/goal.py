"""A frame that is painted on from the one before it, as the engine paints towards it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from torch import Tensor

from transfer.engine.ladder import Rung
from transfer.engine.layout import Layout
from transfer.engine.objective import Objective
from transfer.engine.optimisers import Momentum, PixelOptimiser
from transfer.errors import RenderError
from transfer.features.network import FeatureNetwork
from transfer.instant.decoders import Decoders
from transfer.instant.goal import InstantGoal
from transfer.instant.recipe import InstantRecipe
from transfer.instant.steps import EvenSteps
from transfer.losses.anchor import Anchor
from transfer.losses.held import HeldTerm
from transfer.losses.term import Term
from transfer.recipes.style import StyleRecipe
from transfer.style.goal import StyleGoal
from transfer.style.inputs import StyleInputs
from transfer.style.targets import Wanted, wanted

HELD = 12.0  # chosen: what it weighs to hold on to the last frame, beside a style term that is 1 at the clip's


@dataclass(frozen=True)
class Begun:
    """What a frame is painted on from, (1, 3, H, W) in [0, 1], and how far it is held to that, (1, 1, H, W)."""

    image: Tensor
    settled: Tensor


class FirstGoal(InstantGoal):
    """The first frame of a shot, of `inputs`: a draft with all the texture that frames after it are painted with."""

    def __init__(self, inputs: StyleInputs, recipe: InstantRecipe, network: FeatureNetwork, decoders: Decoders) -> None:
        super().__init__(inputs, recipe, network, decoders)
        self.recipe = recipe.textured


class FrameGoal(StyleGoal):
    """Of `inputs`, on `rung` alone, painted on from `begun`.

    What the styles ask for is the same for all frames of a shot: it is `known` after the first one.
    """

    def __init__(
        self,
        inputs: StyleInputs,
        recipe: StyleRecipe,
        network: FeatureNetwork,
        rung: Rung,
        begun: Begun,
        known: Wanted | None = None,
    ) -> None:
        super().__init__(inputs, recipe, network)
        self.rungs, self.begun, self.known = (rung,), begun, known

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """See `Goal`."""
        return self.begun.image

    def optimiser(self, rung: Rung, start: Tensor, momentum: Momentum | None, corrections: int) -> PixelOptimiser:
        """See `Goal`: what is new gets as far as it can in a few iterations."""
        return EvenSteps(start, rung.learning_rate)

    def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]) -> Generator[float, None, Objective]:
        """See `Goal`."""
        if self.known is None:
            styles, further = self.scene.styles(rung, self.device), self.recipe.layers_for_content
            self.known = yield from wanted(self.network, self.recipe, styles, layout.tile_pixels, further)
        return (yield from super().objective(rung, layout, anchors))

    def further(self) -> Sequence[Term]:
        """See `StyleGoal`: it holds on to what is begun."""
        return (HeldTerm(HELD, self.begun.image, self.begun.settled),)

    def to_cpu(self) -> None:
        """See `Goal`: what is known of the styles stays where it is, so there is no going on."""
        raise RenderError(f"The memory of {self.device} ran out at a frame of the film: choose a smaller size.")

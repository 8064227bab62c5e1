"""Style transfer that begins with the instant picture of its own recipe, and takes each small size from a pass too.

What is enlarged lacks the finest shapes of the content. A pass over the enlarged picture and these shapes paints both
in the style's manner, and what iterations are left goes on from there: content is kept better at the same distance from
the style. Above the preview enlarging is better: the decoders' own strokes are straighter than those that iterations
paint, and few are left there to change them.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from transfer.devices import precision
from transfer.engine.ladder import PREVIEW, Rung
from transfer.engine.painter import Painter
from transfer.features.loading import network_for
from transfer.features.network import FeatureNetwork
from transfer.inputs import Inputs
from transfer.instant import decoders
from transfer.instant.decoders import Decoders
from transfer.instant.goal import InstantGoal, ready
from transfer.instant.recipe import InstantRecipe
from transfer.recipes.style import StyleRecipe
from transfer.style.goal import StyleGoal
from transfer.style.inputs import StyleInputs
from transfer.style.painter import StylePainter


def painter(inputs: Inputs, recipe: StyleRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Paints `inputs` by `recipe` on `device`, through the network in the file `weights`, or the usual one.

    Raises WeightsError where a network cannot be had, and PictureError and MaskError where the inputs are not those
    that the recipe asks for.
    """
    network = network_for(recipe, device, weights)
    return StylePainter(goal_of(StyleInputs.of(inputs), recipe, network), network.sha256, network.dtype.itemsize)


def goal_of(inputs: StyleInputs, recipe: StyleRecipe, network: FeatureNetwork) -> StyleGoal:
    """What is painted towards, whatever it starts from, on the device where `network` is.

    Raises WeightsError where the networks of instant pictures are needed and cannot be had.
    """
    if recipe.init != "instant":
        return StyleGoal(inputs, recipe, network)
    small = network_for(InstantRecipe().style, network.mean.device)
    return BegunGoal(inputs, recipe, network, small, ready(decoders.load(), small))


class BegunGoal(StyleGoal):
    """A `StyleGoal` whose rungs start from a pass up to `PREVIEW` px, through `small` and `decoders`.

    That is so whatever `network` is.
    """

    def __init__(
        self,
        inputs: StyleInputs,
        recipe: StyleRecipe,
        network: FeatureNetwork,
        small: FeatureNetwork,
        decoders: Decoders,
    ) -> None:
        super().__init__(inputs, recipe, network)
        self.small, self.decoders = small, decoders

    def identity(self) -> Sequence[object]:
        """See `Goal`."""
        return [*super().identity(), self.small.sha256, self.decoders.sha256]

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """See `Goal`."""
        return super().start(rung, self._passed(rung, below) if rung.long_side <= PREVIEW or below is None else below)

    def to_cpu(self) -> None:
        """See `Goal`."""
        super().to_cpu()
        self.small = self.small.to("cpu").frozen(precision(self.device))
        self.decoders = ready(self.decoders, self.small)

    def _passed(self, rung: Rung, below: Tensor | None) -> Tensor:
        """What a pass at the size of a rung makes of inputs that are prepared already, and of the picture `below`."""
        inputs = self.scene.inputs
        recipe = InstantRecipe(
            image_size=rung.long_side,
            strength=self.recipe.strength,
            style_scale=self.recipe.style_scale,
            style_blend_weights=self.recipe.style_blend_weights,
            regions="none" if inputs.content_mask is None else "masks",
        )
        goal = InstantGoal(inputs, recipe, self.small, self.decoders)
        return (goal.passed() if below is None else goal.raised(below)).to(self.scene.dtype)

"""The painter of a content picture in the manner of styles."""

from pathlib import Path

import torch

from transfer.engine.painter import GoalPainter, Painter
from transfer.engine.step import Step
from transfer.features.loading import network_for
from transfer.inputs import Inputs
from transfer.recipes.style import StyleRecipe
from transfer.style.goal import StyleGoal
from transfer.style.height import height_map
from transfer.style.inputs import StyleInputs


class StylePainter(GoalPainter):
    """The painter towards a `StyleGoal`."""

    goal: StyleGoal

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: the height map, where the recipe asks for it."""
        return {"elevation": height_map(last.image)} if self.goal.recipe.height_map else {}


def painter(inputs: Inputs, recipe: StyleRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Paints `inputs` by `recipe` on `device`, through the network in the file `weights`, or the usual one.

    Raises WeightsError where the network cannot be had, and PictureError and MaskError where the inputs are not those
    that the recipe asks for.
    """
    network = network_for(recipe, device, weights)
    return StylePainter(StyleGoal(StyleInputs.of(inputs), recipe, network), network.sha256, network.dtype.itemsize)

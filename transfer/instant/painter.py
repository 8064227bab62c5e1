"""The painter of instant pictures."""

from pathlib import Path

import torch

from transfer.engine.painter import GoalPainter, Painter
from transfer.features.loading import network_for
from transfer.inputs import Inputs
from transfer.instant import decoders
from transfer.instant.goal import InstantGoal, ready
from transfer.instant.recipe import InstantRecipe
from transfer.style.inputs import StyleInputs


def painter(inputs: Inputs, recipe: InstantRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Paints `inputs` by `recipe` on `device`, with the decoders in the file `weights`, or the usual one.

    Raises WeightsError where a network cannot be had, and PictureError and MaskError where the inputs are not those
    that the recipe asks for.
    """
    network = network_for(recipe.style, device)
    found = ready(decoders.load(weights), network)
    goal = InstantGoal(StyleInputs.of(inputs), recipe, network, found)
    return GoalPainter(goal, found.sha256, network.dtype.itemsize)

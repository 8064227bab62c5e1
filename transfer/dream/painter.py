"""The painter of a dream."""

from pathlib import Path

import torch

from transfer.dream.goal import DreamGoal
from transfer.dream.recipe import DreamRecipe
from transfer.engine.painter import GoalPainter, Painter
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.inputs import Inputs, Role


def painter(inputs: Inputs, recipe: DreamRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Dreams of the content by `recipe` on `device`, through the network in the file `weights`, or the usual one.

    Raises WeightsError where the network cannot be had, and PictureError where there is no content.
    """
    content = inputs.one(Role.CONTENT)
    if content is None:
        raise PictureError("A dream needs a content picture.")
    network = network_for(recipe, device, weights)
    goal = DreamGoal(content, inputs.one(Role.GUIDE), recipe, network)
    return GoalPainter(goal, network.sha256, network.dtype.itemsize)

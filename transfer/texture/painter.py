"""The painter of textures."""

from pathlib import Path

import torch

from transfer.engine.painter import GoalPainter, Painter
from transfer.engine.step import Step
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.inputs import Inputs, Role
from transfer.recipes.style import MOST_STYLES
from transfer.style.height import height_map
from transfer.texture.goal import TextureGoal
from transfer.texture.recipe import TextureRecipe


class TexturePainter(GoalPainter):
    """The painter towards a `TextureGoal`."""

    goal: TextureGoal

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: the height map, where the recipe asks for it."""
        return {"elevation": height_map(last.image)} if self.goal.recipe.height_map else {}


def painter(inputs: Inputs, recipe: TextureRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Paints a texture of the styles by `recipe` on `device`, through the network in `weights`, or the usual one.

    Raises WeightsError where the network cannot be had, and PictureError where the styles are not those that the
    recipe asks for.
    """
    styles, shares = inputs.of(Role.STYLE), len(recipe.style_blend_weights)
    if not 1 <= len(styles) <= MOST_STYLES:
        raise PictureError(f"A texture is made of 1 to {MOST_STYLES} styles, not of {len(styles)}.")
    if shares not in (0, len(styles)):
        raise PictureError(f"There are {shares} style_blend_weights for {len(styles)} styles: give one for each.")
    network = network_for(recipe, device, weights)
    return TexturePainter(TextureGoal(styles, recipe, network), network.sha256, network.dtype.itemsize)

"""The network that a recipe asks for, ready to be looked through."""

from pathlib import Path

import torch

from transfer.devices import precision
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.recipes.style import StyleRecipe


def network_for(recipe: StyleRecipe, device: torch.device, weights: Path | None = None) -> FeatureNetwork:
    """The backbone of `recipe`, as deep as its layers need, frozen, on `device` in the arithmetic that suits it.

    Raises WeightsError when `weights`, or the file that is usually taken, is missing or of another network.
    """
    network = BACKBONES[recipe.backbone].load(recipe.layers, weights, recipe.pooling)
    return network.frozen(precision(device)).to(device)

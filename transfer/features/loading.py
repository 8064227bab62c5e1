"""The network that a recipe asks for, ready to view pictures through."""

from pathlib import Path
from typing import Protocol

import torch

from transfer.devices import precision
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES


class ThroughNetwork(Protocol):
    """A recipe that says through which backbone pictures are viewed, to which layers, and with which pooling."""

    @property
    def backbone(self) -> str:
        """A name in `BACKBONES`."""

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers that are compared."""

    @property
    def pooling(self) -> str:
        """One of the backbone's poolings."""


def network_for(recipe: ThroughNetwork, device: torch.device, weights: Path | None = None) -> FeatureNetwork:
    """The backbone of `recipe`, as deep as its layers need, frozen, on `device` in the arithmetic that suits it.

    Raises WeightsError when `weights`, or the file that is usually taken, is missing or of another network.
    """
    network = BACKBONES[recipe.backbone].load(recipe.layers, weights, recipe.pooling)
    return network.frozen(precision(device)).to(device)

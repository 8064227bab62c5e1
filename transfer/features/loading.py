"""The network that a recipe asks for, ready to compute features."""

from pathlib import Path
from typing import Protocol

import torch

from transfer.devices import precision
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES


class ThroughNetwork(Protocol):
    """A recipe that names the backbone for its features, the layers and the pooling."""

    @property
    def backbone(self) -> str:
        """A name in `BACKBONES`."""

    @property
    def layers(self) -> tuple[str, ...]:
        """All layers whose features are compared."""

    @property
    def pooling(self) -> str:
        """One of the backbone's poolings."""


def network_for(recipe: ThroughNetwork, device: torch.device, weights: Path | None = None) -> FeatureNetwork:
    """The backbone of `recipe`, as deep as its layers need, frozen, on `device`, in the number format that suits it.

    Raises WeightsError if `weights`, or by default the usual file, is missing or belongs to another network.
    """
    network = BACKBONES[recipe.backbone].load(recipe.layers, weights, recipe.pooling)
    return network.frozen(precision(device)).to(device)

"""Features as they are transported: such that their distances are those of VGG-19."""

from typing import cast

import torch

from transfer.features.network import FeatureNetwork, Head
from transfer.features.registry import BACKBONES

BACKBONE = BACKBONES["vgg19-lite"]
LAYERS = BACKBONE.style_layers
CHANNELS = {stage.name: stage.channels for stage in BACKBONE.stages if stage.name in LAYERS}


@torch.no_grad()
def metric(network: FeatureNetwork) -> dict[str, Head]:
    """For each layer the map R f, in float64, by which |R f - R f'| is the distance between features f and f'.

    A head is W = Q R with orthonormal Q. R is made unique by a diagonal without negative numbers, since decoders are
    trained on R f.
    """
    found = {}
    for layer in LAYERS:
        weight = cast(Head, network.heads[layer]).weight
        triangle = torch.linalg.qr(weight.double())[1]
        triangle *= torch.where(triangle.diagonal() < 0, -1.0, 1.0)[:, None]
        found[layer] = Head(triangle, torch.zeros_like(triangle[0])).requires_grad_(False)
    return found

"""Random weights in the format of VGG-19's file: they replace the real ones when only the code matters."""

import torch
from torch import Tensor

from transfer.features.registry import VGG_CHANNELS, VGG_LAYERS
from transfer.features.vgg19 import torchvision_indices


def random_vgg19(deepest: str = "relu3_1") -> dict[str, Tensor]:
    """Random weights under torchvision's keys, from the first layer to the one called `deepest`; always the same."""
    generator = torch.Generator().manual_seed(0)
    indices, found, inputs = torchvision_indices(), dict[str, Tensor](), 3
    for name in VGG_LAYERS[: VGG_LAYERS.index(deepest) + 1]:
        outputs = VGG_CHANNELS[int(name[4]) - 1]
        spread = (2 / (9 * inputs)) ** 0.5
        found[f"features.{indices[name]}.weight"] = spread * torch.randn(outputs, inputs, 3, 3, generator=generator)
        found[f"features.{indices[name]}.bias"] = 0.05 * torch.randn(outputs, generator=generator)
        inputs = outputs
    return found

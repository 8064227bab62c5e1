"""Random weights in the format of the VGGs' files: they replace the real ones when only the code matters."""

import torch
from torch import Tensor

from transfer.features.registry import VGG16_BLOCKS, VGG19_BLOCKS, VGG_CHANNELS, vgg_layers
from transfer.features.vgg import torchvision_indices


def random_vgg19(deepest: str = "relu3_1") -> dict[str, Tensor]:
    """Random weights under torchvision's keys, from the first layer to the one called `deepest`; always the same."""
    return _random(VGG19_BLOCKS, deepest)


def random_vgg16(deepest: str = "relu3_1") -> dict[str, Tensor]:
    """The same for VGG-16."""
    return _random(VGG16_BLOCKS, deepest)


def _random(blocks: tuple[int, ...], deepest: str) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(0)
    indices, layers = torchvision_indices(blocks), vgg_layers(blocks)
    found, inputs = dict[str, Tensor](), 3
    for name in layers[: layers.index(deepest) + 1]:
        outputs = VGG_CHANNELS[int(name[4]) - 1]
        spread = (2 / (9 * inputs)) ** 0.5
        found[f"features.{indices[name]}.weight"] = spread * torch.randn(outputs, inputs, 3, 3, generator=generator)
        found[f"features.{indices[name]}.bias"] = 0.05 * torch.randn(outputs, generator=generator)
        inputs = outputs
    return found

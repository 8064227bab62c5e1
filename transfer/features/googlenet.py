"""GoogLeNet (Szegedy et al. 2014, "Going Deeper with Convolutions", arXiv:1409.4842), the network of the first dreams.

It is torchvision's, with its batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) folded into the
convolutions, cut off after the deepest requested layer. Departures: what lies beyond an edge is as the edge, since
zeros would paint dead borders, and a map is half as large as the one before, rounded down.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.convolution import Convolution
from transfer.features.googlenet_stages import BLOCKS, FIRST, POOLED_BEFORE, SECOND, THIRD, Block
from transfer.features.network import FeatureNetwork, checked_sha256, read_state, tensor_of

TITLE = "torchvision's GoogLeNet"
EPSILON = 0.001  # torchvision's, in its batch normalisation
MIDDLE, HALF_RANGE = 0.5, 0.5  # of colours: what came in ran from -1 to 1 (torchvision's `transform_input`)


class Rectified(Convolution):
    """A convolution and its ReLU."""

    def forward(self, features: Tensor) -> Tensor:
        """See `Convolution`."""
        return functional.relu(super().forward(features), inplace=True)


class Inception(nn.Module):
    """Four branches side by side, under torchvision's names; what they give comes out in their order."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.branch1 = Rectified(block.inputs, block.single, 1)
        self.branch2 = nn.Sequential(Rectified(block.inputs, block.reduced, 1), Rectified(block.reduced, block.wide))
        self.branch3 = nn.Sequential(
            Rectified(block.inputs, block.reduced_more, 1), Rectified(block.reduced_more, block.wide_too)
        )
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, padding=1), Rectified(block.inputs, block.pooled, 1))

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, channels, H, W)."""
        return torch.cat([branch(features) for branch in self.children()], dim=1)


class GoogLeNet(FeatureNetwork):
    """GoogLeNet up to the deepest of `layers`; features have 64 to 1024 channels."""

    def __init__(self, layers: Iterable[str], sha256: str = "") -> None:
        super().__init__(sha256)
        self.mean.fill_(MIDDLE)
        self.std.fill_(HALF_RANGE)
        self.layers = frozenset(layers)
        self.parts = nn.ModuleDict()
        left = set(self.layers)
        for name, part in _parts():
            self.parts[name] = part
            left.discard(name)
            if not left:
                break

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps (B, C, H / 2^k, W / 2^k) of the requested layers, where k is from 1 (conv1) to 5."""
        found = {}
        features = self.normalised(image)
        for name, part in self.parts.items():
            if size := POOLED_BEFORE.get(name):
                features = functional.max_pool2d(features, size, 2, ceil_mode=size > 2)
            features = part(features)
            if name in self.layers:
                found[name] = features
        return found


def load(path: Path, layers: Iterable[str], pooling: str = "max") -> GoogLeNet:
    """GoogLeNet with the weights of a .safetensors or .pth file that uses torchvision's keys; it takes maxima alone.

    If the file's name contains the first digits of its SHA-256, as torchvision's does, it checks them. Raises
    WeightsError if the file is damaged or belongs to another network, or for another pooling.
    """
    if pooling != "max":
        raise WeightsError(f"googlenet has no {pooling} pooling: it was trained with maxima.")
    sha256, state = checked_sha256(path), read_state(path)
    network = GoogLeNet(layers, sha256)
    for name, part in network.parts.named_modules():
        if isinstance(part, Rectified):
            _fold(part, state, name, path)
    return network


def _parts() -> Iterator[tuple[str, nn.Module]]:
    """All of them, from shallow to deep, each made when it is asked for."""
    yield "conv1", Rectified(3, FIRST, 7, step=2)
    yield "conv2", Rectified(FIRST, SECOND, 1)
    yield "conv3", Rectified(SECOND, THIRD)
    for name, block in BLOCKS.items():
        yield name, Inception(block)


def _fold(part: Rectified, state: dict[str, Tensor], name: str, path: Path) -> None:
    """Gives a convolution its weights, and what its normalisation does to a channel: g (w x - m) / sqrt(v + e) + b."""
    shape = part.weight.shape
    weight = tensor_of(state, f"{name}.conv.weight", shape, path, TITLE)
    scale, bias, mean, variance = (
        tensor_of(state, f"{name}.bn.{each}", shape[:1], path, TITLE)
        for each in ("weight", "bias", "running_mean", "running_var")
    )
    scale = scale / (variance + EPSILON).sqrt()
    part.weight.data = weight * scale[:, None, None, None]
    part.bias = nn.Parameter(bias - mean * scale)
    if not (part.weight.isfinite().all() and part.bias.isfinite().all()):
        raise WeightsError(f"{path} is damaged: the numbers of {name} are no weights.")

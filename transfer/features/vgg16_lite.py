"""vgg16-lite: VGG-16 to relu5_1 in a seventh of its weights; it predicts VGG-16's features.

From relu2_1 on, each convolution of VGG-16 is a product of three (Kim et al. 2016, arXiv:1511.06530): channels are
squeezed by a 1 x 1 convolution, a 3 x 3 convolution works on what is left, and another of 1 x 1 leads to all of the
teacher's channels, which then go through the ReLU. So features are as wide as the teacher's and need no head: 128 of
512 principal axes leave 31 % of relu4_1's energy after the ReLU, but of what comes before it they leave only 13 %.
relu1_1 has a linear head, since at full size channels cost most. Its weights come from `transfer.distill.deep`.
"""

from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.convolution import Convolution
from transfer.features.network import FeatureNetwork, Head, file_sha256, read_state
from transfer.features.pooling import halved
from transfer.features.registry import BACKBONES, LITE16_FACTORS, LITE16_FIRST, LITE16_SECOND, VGG_CHANNELS


class Factored(nn.Module):
    """A convolution as a product of three, of which the first is missing where `squeezed` is 0; then a ReLU."""

    def __init__(self, inputs: int, squeezed: int, rank: int, outputs: int) -> None:
        super().__init__()
        self.squeeze = Convolution(inputs, squeezed, size=1, bias=False) if squeezed else None
        self.spread = Convolution(squeezed or inputs, rank, bias=False)
        self.expand = Convolution(rank, outputs, size=1)

    def forward(self, features: Tensor) -> Tensor:
        """(B, inputs, H, W) to (B, outputs, H, W)."""
        code = features if self.squeeze is None else self.squeeze(features)
        return functional.relu_(self.expand(self.spread(code)))


class VGG16Lite(FeatureNetwork):
    """Features of VGG-16's channels, but 32 at relu1_1, as deep as `layers` need."""

    def __init__(self, layers: Iterable[str], sha256: str = "") -> None:
        super().__init__(sha256)
        self.layers = frozenset(layers)
        self.conv1_1 = Convolution(3, LITE16_FIRST)
        self.conv1_2 = Convolution(LITE16_FIRST, LITE16_SECOND)
        self.heads["relu1_1"] = Head.untrained(LITE16_FIRST, VGG_CHANNELS[0])
        self.factored = nn.ModuleDict()
        inputs, names = LITE16_SECOND, list(LITE16_FACTORS)
        for name in names[: 1 + max((names.index(layer) for layer in self.layers if layer in names), default=-1)]:
            squeezed, rank = LITE16_FACTORS[name]
            outputs = VGG_CHANNELS[int(name[4]) - 1]
            self.factored[name] = Factored(inputs, squeezed, rank, outputs)
            inputs = outputs

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps (B, C, H / 2^k, W / 2^k) of the requested layers, where k is the block minus one."""
        features = functional.relu_(self.conv1_1(self.normalised(image)))
        found = {"relu1_1": features} if "relu1_1" in self.layers else {}
        if self.factored:
            features = functional.relu_(self.conv1_2(features))
        for name, factored in self.factored.items():
            if name.endswith("_1"):
                features = halved(features)
            features = factored(features)
            if name in self.layers:
                found[name] = features
        return found


def load(path: Path, layers: Iterable[str], pooling: str = "avg") -> VGG16Lite:
    """vgg16-lite with the weights of `path`, as deep as `layers` need.

    Raises WeightsError if `transfer.distill.deep` did not write the file.
    """
    backbone = BACKBONES["vgg16-lite"]
    if unknown := set(layers) - set(backbone.layers):
        raise WeightsError(f"vgg16-lite has no layer {', '.join(sorted(unknown))}.")
    if pooling not in backbone.poolings:
        raise WeightsError(f"vgg16-lite has no {pooling} pooling: it was trained with averages.")
    network = VGG16Lite(layers, file_sha256(path))
    state, wanted = read_state(path), network.state_dict()
    if set(VGG16Lite(backbone.layers).state_dict()) != set(state) or any(
        state[name].shape != value.shape for name, value in wanted.items()
    ):
        raise WeightsError(
            f"{path} does not hold the weights of vgg16-lite: restore it with `git checkout transfer/weights`."
        )
    network.load_state_dict({name: state[name].to(torch.float32) for name in wanted})
    return network

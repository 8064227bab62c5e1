"""vgg19-lite: a narrower network of VGG's shape that predicts VGG-19's features, and deeper ones of VGG-16.

Each layer has a linear head onto all of the teacher's channels (64 to 512), so distances between
its features are distances between (predicted) VGG features. relu4_1 and relu5_1 are in a file of their own,
which is read only when they are asked for. Its weights, and what they were
trained on, come from `transfer.distill`.
"""

from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.network import FeatureNetwork, Head, file_sha256, provenance, read_state
from transfer.features.registry import BACKBONES

SHALLOW, DEEP = ("relu1_1", "relu2_1", "relu3_1"), ("relu4_1", "relu5_1")
TEACHER_CHANNELS = {"relu1_1": 64, "relu2_1": 128, "relu3_1": 256, "relu4_1": 512, "relu5_1": 512}
CHANNELS = {"relu1_1": 32, "relu2_1": 96, "relu3_1": 192, "relu4_1": 224, "relu5_1": 192}


def _convolution(inputs: int, outputs: int, size: int = 3) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, size, padding=size // 2, padding_mode="replicate")


class Deeper(nn.Module):
    """From relu3_1 to relu5_1, with as many 3 x 3 convolutions as VGG-16 has there."""

    def __init__(self) -> None:
        super().__init__()
        self.squeeze3_1 = _convolution(192, 112, size=1)
        self.conv3_2 = _convolution(112, 144)
        self.conv3_3 = _convolution(144, 144)
        self.conv4_1 = _convolution(144, 224)
        self.squeeze4_1 = _convolution(224, 128, size=1)
        self.conv4_2 = _convolution(128, 144)
        self.conv4_3 = _convolution(144, 144)
        self.conv5_1 = _convolution(144, 192)

    def forward(self, relu3_1: Tensor, to_relu5_1: bool) -> dict[str, Tensor]:
        """Feature maps of strides 8 and 16, before their heads; the second only where `to_relu5_1`."""
        relu, pool = functional.relu_, functional.avg_pool2d
        relu3_3 = relu(self.conv3_3(relu(self.conv3_2(self.squeeze3_1(relu3_1)))))
        found = {"relu4_1": relu(self.conv4_1(pool(relu3_3, 2)))}
        if to_relu5_1:
            relu4_3 = relu(self.conv4_3(relu(self.conv4_2(self.squeeze4_1(found["relu4_1"])))))
            found["relu5_1"] = relu(self.conv5_1(pool(relu4_3, 2)))
        return found


class VGG19Lite(FeatureNetwork):
    """Features of 32, 96 and 192 channels at relu1_1, relu2_1 and relu3_1, each with a head; perhaps deeper ones.

    The convolution after relu2_1 would be most of the work; `squeeze2_1` halves its input.
    """

    def __init__(self, sha256: str = "") -> None:
        super().__init__(sha256)
        self.deeper: Deeper | None = None
        self.to_relu5_1 = True
        self.conv1_1 = _convolution(3, 32)
        self.conv1_2 = _convolution(32, 32)
        self.conv2_1 = _convolution(32, 96)
        self.squeeze2_1 = _convolution(96, 48, size=1)
        self.conv2_2 = _convolution(48, 64)
        self.conv3_1 = _convolution(64, 192)
        self._add_heads(SHALLOW)

    def deepen(self) -> None:
        """Adds relu4_1 and relu5_1, of 224 and 192 channels, each with a head: untrained."""
        self.deeper = Deeper()
        self._add_heads(DEEP)

    def _add_heads(self, layers: Iterable[str]) -> None:
        for layer in layers:
            self.heads[layer] = Head.untrained(CHANNELS[layer], TEACHER_CHANNELS[layer])

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps of strides 1, 2, 4, and where it was deepened 8 and 16, before their heads."""
        found = self.shallow(image)
        return found if self.deeper is None else found | self.deeper(found["relu3_1"], self.to_relu5_1)

    def shallow(self, image: Tensor) -> dict[str, Tensor]:
        """Those of strides 1, 2 and 4."""
        relu, pool = functional.relu_, functional.avg_pool2d
        relu1_1 = relu(self.conv1_1(self.normalised(image)))
        relu2_1 = relu(self.conv2_1(pool(relu(self.conv1_2(relu1_1)), 2)))
        relu3_1 = relu(self.conv3_1(pool(relu(self.conv2_2(self.squeeze2_1(relu2_1))), 2)))
        return {"relu1_1": relu1_1, "relu2_1": relu2_1, "relu3_1": relu3_1}


def deeper_file(path: Path) -> Path:
    """Where the deeper layers are of the network whose others are at `path`: beside it."""
    return path.with_name(f"{path.stem}_deeper{path.suffix}")


def load(path: Path, layers: Iterable[str], pooling: str = "avg") -> VGG19Lite:
    """vgg19-lite with the weights of `path`; all layers to relu3_1 cost no more than the deepest.

    Raises WeightsError if `transfer.distill` did not write the file, or the deeper layers are not made for it.
    """
    layers = tuple(layers)
    unknown = set(layers) - set(BACKBONES["vgg19-lite"].layers)
    if unknown:
        raise WeightsError(f"vgg19-lite has no layer {', '.join(sorted(unknown))}.")
    if pooling not in BACKBONES["vgg19-lite"].poolings:
        raise WeightsError(f"vgg19-lite has no {pooling} pooling: it was trained with averages.")
    network = VGG19Lite(file_sha256(path))
    _fill(network, path, {})
    if not set(layers) & set(DEEP):
        return network
    deeper, below = deeper_file(path), network.state_dict()
    if not deeper.is_file():
        raise WeightsError(f"relu4_1 and relu5_1 of vgg19-lite are not at {deeper}: leave these layers out.")
    network.deepen()
    _fill(network, deeper, below)
    if provenance(deeper).get("below_sha256") != network.sha256:
        raise WeightsError(f"{deeper} belongs to other weights of vgg19-lite than {path}.")
    network.sha256, network.to_relu5_1 = file_sha256(deeper), "relu5_1" in layers
    return network


def _fill(network: VGG19Lite, path: Path, below: dict[str, Tensor]) -> None:
    """Sets all weights: those at `path`, and those `below` them."""
    state = {name: value.to(torch.float32) for name, value in read_state(path).items()}
    try:
        network.load_state_dict(below | state)
    except RuntimeError as error:
        raise WeightsError(
            f"{path} does not hold the weights of vgg19-lite: make it again with `python -m transfer distill`."
        ) from error

"""vgg19-lite: a narrower network of VGG's shape that predicts VGG-19's features.

Each layer has a linear head onto all of the teacher's channels (64, 128, 256), so distances between
its features are distances between (predicted) VGG-19 features. Its weights, and what they were
trained on, come from `transfer.distill`.
"""

from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.convolution import Convolution
from transfer.features.network import FeatureNetwork, Head, file_sha256, read_state
from transfer.features.pooling import halved
from transfer.features.registry import BACKBONES

TEACHER_CHANNELS = {"relu1_1": 64, "relu2_1": 128, "relu3_1": 256}


class VGG19Lite(FeatureNetwork):
    """Features of 32, 96 and 192 channels at relu1_1, relu2_1 and relu3_1, each with a head.

    The convolution after relu2_1 would be most of the work; `squeeze2_1` halves its input.
    """

    def __init__(self, sha256: str = "") -> None:
        super().__init__(sha256)
        self.conv1_1 = Convolution(3, 32)
        self.conv1_2 = Convolution(32, 32)
        self.conv2_1 = Convolution(32, 96)
        self.squeeze2_1 = Convolution(96, 48, size=1)
        self.conv2_2 = Convolution(48, 64)
        self.conv3_1 = Convolution(64, 192)
        for layer, inputs in (("relu1_1", 32), ("relu2_1", 96), ("relu3_1", 192)):
            self.heads[layer] = Head.untrained(inputs, TEACHER_CHANNELS[layer])

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps of strides 1, 2 and 4, before their heads."""
        relu = functional.relu_
        relu1_1 = relu(self.conv1_1(self.normalised(image)))
        relu2_1 = relu(self.conv2_1(halved(relu(self.conv1_2(relu1_1)))))
        relu3_1 = relu(self.conv3_1(halved(relu(self.conv2_2(self.squeeze2_1(relu2_1))))))
        return {"relu1_1": relu1_1, "relu2_1": relu2_1, "relu3_1": relu3_1}


def load(path: Path, layers: Iterable[str], pooling: str = "avg") -> VGG19Lite:
    """vgg19-lite with the weights of `path`; all three layers cost no more than the deepest.

    Raises WeightsError if `transfer.distill` did not write the file.
    """
    unknown = set(layers) - set(BACKBONES["vgg19-lite"].layers)
    if unknown:
        raise WeightsError(f"vgg19-lite has no layer {', '.join(sorted(unknown))}.")
    if pooling not in BACKBONES["vgg19-lite"].poolings:
        raise WeightsError(f"vgg19-lite has no {pooling} pooling: it was trained with averages.")
    network = VGG19Lite(file_sha256(path))
    state = {name: value.to(torch.float32) for name, value in read_state(path).items()}
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise WeightsError(
            f"{path} does not hold the weights of vgg19-lite: make it again with `python -m transfer distill`."
        ) from error
    return network

"""VGG-19 (Simonyan and Zisserman 2014, arXiv:1409.1556) as the judge sees through it."""

from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.judge.weights import Unusable, read
from transfer.features.registry import BACKBONES

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet
CONVOLUTIONS = (0, 2, 5, 7, 10)  # torchvision's indices, up to relu3_1


class Vgg19:
    """relu1_1, relu2_1 and relu3_1, with reflected borders and max pooling.

    `path` is a file with torchvision's keys; by default the weights of the backbone `vgg19`, if they are here. Raises
    Unusable where there is no such file.
    """

    def __init__(self, path: Path | None = None) -> None:
        file = path or BACKBONES["vgg19"].default_weights()
        if path is None and not file.is_file():
            raise Unusable(
                "Give VGG-19's weights as VGG19=FILE, or fetch them: `python -m transfer weights fetch vgg19`."
            )
        state = read(file)
        try:
            self.convolutions = [
                (state[f"features.{index}.weight"].float(), state[f"features.{index}.bias"].float())
                for index in CONVOLUTIONS
            ]
        except KeyError as error:
            raise Unusable(
                f"{file} holds no {error.args[0]}: give VGG-19's weights with torchvision's keys."
            ) from error

    def __call__(self, image: Tensor) -> list[Tensor]:
        """The three layers of an image (1, 3, H, W) in [0, 1]: 64, 128 and 256 channels, strides 1, 2 and 4."""
        normalised = (image - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(DEVIATION).view(1, 3, 1, 1)
        first = self._convolved(normalised, 0)
        second = self._convolved(functional.max_pool2d(self._convolved(first, 1), 2), 2)
        third = self._convolved(functional.max_pool2d(self._convolved(second, 3), 2), 4)
        return [first, second, third]

    def _convolved(self, maps: Tensor, index: int) -> Tensor:
        weight, bias = self.convolutions[index]
        return functional.relu(functional.conv2d(functional.pad(maps, (1, 1, 1, 1), "reflect"), weight, bias))

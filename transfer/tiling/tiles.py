"""A picture of any size, tile by tile: exact features of each tile, and their statistics over all of them.

Galerne et al. 2022, "Scaling Painting Style Transfer", arXiv:2212.13459, section 4, take two passes: the first adds up
`Statistics`, the second, in transfer/engine/objective.py, views each tile once more and carries the gradient back.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from transfer.features.moments import Mixture, Moments, moments
from transfer.features.network import FeatureNetwork
from transfer.features.registry import Backbone
from transfer.tiling.grid import Tile
from transfer.tiling.guides import FEWEST_PLACES, at_stride

Result = TypeVar("Result")


@dataclass(frozen=True)
class GuidedImage:
    """A picture (1, 3, H, W), floats in [0, 1] or bytes; perhaps with a guide (L, H, W) in bytes: its L regions."""

    image: Tensor
    guide: Tensor | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[3], self.image.shape[2]

    @property
    def areas(self) -> list[float]:
        """The share of the picture that each region covers; all of it is in one where there are none."""
        if self.guide is None:
            return [1.0]
        whole = float(self.guide.sum())
        return [float(part.sum()) / whole for part in self.guide]


class View:
    """One tile of a picture and its features (1, C, h, w) by layer, with a graph behind them if `differentiable`."""

    def __init__(self, network: FeatureNetwork, picture: GuidedImage, tile: Tile, differentiable: bool = False) -> None:
        rows, columns = tile.whole()
        pixels = picture.image[..., rows, columns].detach()
        self.pixels = pixels.float() / 255 if pixels.dtype == torch.uint8 else pixels.clone()
        self.tile = tile
        self.guide = None if picture.guide is None else picture.guide[..., rows, columns]
        self.pixels.requires_grad_(differentiable)
        with torch.set_grad_enabled(differentiable):
            self.features: dict[str, Tensor] = network(self.pixels)

    def shares(self, stride: int) -> list[Tensor] | None:
        """How much each place (h, w) of a layer of `stride` belongs to each region; None without regions."""
        return None if self.guide is None else list(at_stride(self.guide, stride, self.pixels.dtype))


class Statistics:
    """The moments of each region at each of `layers`, added up over tiles in float64.

    With `guided` false, or without regions, those of the whole.
    """

    def __init__(self, backbone: Backbone, layers: Iterable[str], guided: bool = True) -> None:
        self.strides = {layer: backbone.stride(layer) for layer in layers}
        self.mixtures: dict[str, list[Mixture]] = {layer: [] for layer in self.strides}
        self.guided = guided

    def add(self, view: View) -> None:
        """Takes the core of a tile in."""
        for layer, stride in self.strides.items():
            core = (..., *view.tile.inner(stride))
            features, shares = view.features[layer].detach()[core], view.shares(stride) if self.guided else None
            mixtures = self.mixtures[layer]
            mixtures.extend(Mixture() for _ in range((1 if shares is None else len(shares)) - len(mixtures)))
            if shares is None:
                mixtures[0].add(moments(features), float(features.shape[2] * features.shape[3]))
                continue
            for mixture, share in zip(mixtures, shares, strict=True):
                weight = float(share[core].sum(dtype=torch.float64))
                if weight > 0:
                    mixture.add(moments(features, share[core]), weight)

    def moments(self, layer: str) -> list[Moments | None]:
        """The moments of each region, or of the whole; None for a region with too few places."""
        return [mixture.moments if mixture.weight >= FEWEST_PLACES else None for mixture in self.mixtures[layer]]

    def weights(self, layer: str) -> list[float]:
        """How many places each region has, shares added up."""
        return [mixture.weight for mixture in self.mixtures[layer]]


def at_once(steps: Generator[object, None, Result]) -> Result:
    """Goes through all pauses of a piece of work, and gives what it comes to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result

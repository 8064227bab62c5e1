"""A picture of any size, tile by tile: exact features of each tile, and their statistics over all of them.

Galerne et al. 2022, "Scaling Painting Style Transfer", arXiv:2212.13459, section 4, take two passes: the first adds up
`Statistics`, the second, in transfer/engine/objective.py, views each tile once more and carries the gradient back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from transfer.features.moments import Mixture, Moments, moments, moments_of
from transfer.features.network import FeatureNetwork
from transfer.features.registry import Backbone
from transfer.images import as_floats
from transfer.tiling.around import part_of
from transfer.tiling.grid import Tile
from transfer.tiling.guides import FEWEST_PLACES, at_stride
from transfer.tiling.places import Places


@dataclass(frozen=True)
class GuidedImage:
    """A picture (1, 3, H, W), floats in [0, 1] or bytes; perhaps with a guide (L, H, W) in bytes: its L regions.

    `places`, by stride, are kept where the picture is viewed as a whole, iteration after iteration.
    """

    image: Tensor
    guide: Tensor | None = None
    places: dict[int, Places] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[3], self.image.shape[2]

    def to(self, device: torch.device) -> "GuidedImage":
        """The same on a device; itself where it is there."""
        if self.image.device == device:
            return self
        return GuidedImage(self.image.to(device), None if self.guide is None else self.guide.to(device))

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
        pixels = part_of(picture.image, rows, columns).detach()
        self.pixels = pixels.clone() if pixels.is_floating_point() else as_floats(pixels)
        self.tile = tile
        self.guide = None if picture.guide is None else part_of(picture.guide, rows, columns)
        self.is_whole = pixels.shape == picture.image.shape
        self._places = picture.places
        self._moments = dict[str, Moments]()
        self.pixels.requires_grad_(differentiable)
        with torch.set_grad_enabled(differentiable):
            self.features: dict[str, Tensor] = network(self.pixels)

    def shares(self, stride: int) -> tuple[Tensor, ...] | None:
        """How much each place of a layer belongs to each region, (h, w) from 0 to 1; None without regions."""
        return None if self.guide is None else tuple(at_stride(self.guide, stride, self.pixels.dtype))

    def core(self, layer: str, stride: int) -> Tensor:
        """The features of a layer over the tile's core, without a graph."""
        return self.features[layer].detach()[(..., *self.tile.inner(stride))]

    def moments(self, layer: str, stride: int) -> Moments:
        """Those of a layer over the tile's core, computed once."""
        if layer not in self._moments:
            self._moments[layer] = moments(self.core(layer, stride))
        return self._moments[layer]

    def places(self, stride: int, core: bool = False) -> Places | None:
        """Which places of a layer belong to which region, in the tile or in its `core`; None without regions."""
        if self.is_whole and stride in self._places:
            return self._places[stride]
        if (shares := self.shares(stride)) is None:
            return None
        whole = torch.stack(shares)
        found = Places(whole[(..., *self.tile.inner(stride))] if core else whole)
        if self.is_whole:
            self._places[stride] = found
        return found


class Statistics:
    """The moments of each region at each of `layers`, added up over tiles in float64.

    With `guided` false, or without regions, those of the whole: then of one place in `apart` x `apart` alone.
    Neighbours say much the same, so in large pictures that changes little.
    """

    def __init__(self, backbone: Backbone, layers: Iterable[str], guided: bool = True, apart: int = 1) -> None:
        self.strides = {layer: backbone.stride(layer) for layer in layers}
        self.mixtures: dict[str, list[Mixture]] = {layer: [] for layer in self.strides}
        self.guided, self.apart = guided, apart

    def add(self, view: View) -> None:
        """Takes the core of a tile in."""
        for layer, stride in self.strides.items():
            features = view.core(layer, stride)
            places = view.places(stride, core=True) if self.guided else None
            mixtures = self.mixtures[layer]
            mixtures.extend(Mixture() for _ in range((1 if places is None else len(places.inside)) - len(mixtures)))
            if places is None:
                self._add_whole(mixtures[0], view, layer, stride)
            else:
                _add_regions(mixtures, features, places)

    def _add_whole(self, mixture: Mixture, view: View, layer: str, stride: int) -> None:
        """Adds a tile as one; which places count does not depend on how the picture is cut."""
        features = view.core(layer, stride)
        if self.apart == 1:
            mixture.add(view.moments(layer, stride), float(features.shape[2] * features.shape[3]))
            return
        places, period = features[0].permute(1, 2, 0), self.apart**2
        top, left = (part.start for part in view.tile.core(stride))
        rows = (
            places[(row - top) % period :: period, (_shifted(row, self.apart) - left) % period :: period]
            for row in range(period)
        )
        taken = torch.cat([row.reshape(-1, places.shape[2]) for row in rows])
        if len(taken):
            mixture.add(moments_of(taken), float(len(taken)))

    def moments(self, layer: str) -> list[Moments | None]:
        """The moments of each region, or of the whole; None for a region with too few places."""
        return [mixture.moments if mixture.weight >= FEWEST_PLACES else None for mixture in self.mixtures[layer]]

    def weights(self, layer: str) -> list[float]:
        """How many places each region has, shares added up."""
        return [mixture.weight for mixture in self.mixtures[layer]]


def _shifted(row: int, apart: int) -> int:
    """The first place that counts in a row: rows begin at all of them in turn, so that no fine pattern is missed."""
    return row % apart * apart + row // apart


def _add_regions(mixtures: Sequence[Mixture], features: Tensor, places: Places) -> None:
    """Adds the places of a feature map to the region, or the regions, that they belong to."""
    inside, borders = places.sorted(features)
    for mixture, own, border in zip(mixtures, inside, places.borders, strict=True):
        if len(own):
            mixture.add(moments_of(own), float(len(own)))
        if len(border.index):
            mixture.add(moments_of(borders[border.index], border.shares), border.weight)

"""The weighted sum of losses on one rung, balanced to the pair, and its gradient, for an image of any size."""

from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from transfer.engine.ladder import Rung
from transfer.features.moments import Moments, slope_at
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.losses import normalised, tv
from transfer.losses.anchor import Anchor
from transfer.process import release_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.targets import Targets
from transfer.tiling.grid import grid
from transfer.tiling.tiles import Look, Seen, Statistics

# What a weight of 1 stands for, beside a style term that is 1 at the content picture.
CONTENT_UNIT = 0.045
TV_UNIT = 1.5
ANCHOR_UNIT = 8.0
GRADIENT_UNIT = 10.0  # the mean size of a normalised gradient at a weight of 1


@dataclass(frozen=True)
class Losses:
    """The terms at one image, already weighted."""

    content: float
    style: float
    tv: float
    anchor: float

    @property
    def total(self) -> float:
        """What is minimised."""
        return self.content + self.style + self.tv + self.anchor

    def values(self) -> dict[str, float]:
        """The total and every term."""
        return {"total": self.total, **asdict(self)}


@dataclass(frozen=True)
class _Pull:
    """Where a region's moments at a layer stand, which way they should go, and how many places share that."""

    found: Moments
    slope: Moments
    places: float


Pulls = dict[str, list[_Pull | None]]  # of each region, by layer


@dataclass(frozen=True)
class _Factors:
    """What normalised gradients are multiplied with, by layer."""

    content: dict[str, float]
    style: dict[str, float]


class Objective:
    """What an image on one rung is measured by; `anchors` hold on to lower rungs.

    The image is looked at in tiles of at most `tile_pixels`. One that is a single tile is looked at once; otherwise a
    first pass adds up the statistics, and a second carries the gradient back, each tile to its own core.
    """

    def __init__(
        self,
        network: FeatureNetwork,
        recipe: StyleRecipe,
        rung: Rung,
        targets: Targets,
        anchors: Sequence[Anchor] = (),
        tile_pixels: int | None = None,
    ) -> None:
        self.network, self.recipe, self.rung, self.targets, self.anchors = network, recipe, rung, targets, anchors
        self.backbone = BACKBONES[recipe.backbone]
        field, size = self.backbone.field(recipe.layers), targets.seen.size
        self.tiles = grid(size, field.stride, field.margin, tile_pixels).tiles
        self.looked_at = grid(size, field.stride, field.sight, tile_pixels).tiles
        content = recipe.content_weight * CONTENT_UNIT * recipe.content_ratio * rung.content_part
        self.content_weights = {layer: content * share for layer, share in recipe.content_layer_shares.items()}
        self.style_weights = {layer: recipe.style_weight * share for layer, share in recipe.style_layer_shares.items()}
        self.tv_weight = recipe.tv_weight * TV_UNIT

    def slope(self, image: Tensor, gradient: Tensor) -> Generator[float, None, Losses]:
        """The losses at `image` (1, 3, H, W), whose gradient is written over `gradient`.

        Pauses between tiles with the share of the work that is done; an image of one tile is not interrupted.
        """
        seen = Seen(image.detach(), self.targets.seen.guide)
        only = Look(self.network, seen, self.tiles[0], differentiable=True) if len(self.tiles) == 1 else None
        found = Statistics(self.backbone, self.recipe.layers_for_style)
        visits = len(self.looked_at) + len(self.tiles)
        if only is not None:
            found.add(only)
        else:
            for number, tile in enumerate(self.looked_at):
                found.add(Look(self.network, seen, tile))
                yield number / visits
        style, pulls = self._style(found)
        factors = self._factors(seen, pulls, only) if self.recipe.normalize_gradients else None
        if only is None:  # what one pass has left in the heap lies in the way of the next
            release_freed_memory()
        anchor = self._anchor(seen.image, gradient)
        if only is None:
            release_freed_memory()
        content = smoothness = 0.0
        for number, tile in enumerate(self.tiles, len(self.looked_at)):
            if only is None:
                yield number / visits
            content += self._carry_back(only or Look(self.network, seen, tile, True), pulls, factors, gradient)
            smoothness += tv.add_slope(seen.image, tile.rows, tile.columns, self.tv_weight, gradient)
        return Losses(content=content, style=style, tv=smoothness, anchor=anchor)

    def _style(self, found: Statistics) -> tuple[float, Pulls]:
        """The style term at these statistics, and what it asks of them."""
        term, pulls = 0.0, Pulls()
        for layer, weight in self.style_weights.items():
            moments = found.moments(layer)
            value, slopes = self.targets.style[layer].slope(moments, self.targets.heads.get(layer), weight)
            term += value
            pulls[layer] = [
                _Pull(each, slope, places) if each is not None and slope is not None else None
                for each, slope, places in zip(moments, slopes, found.weights(layer), strict=True)
            ]
        return term, pulls

    def _anchor(self, image: Tensor, gradient: Tensor) -> float:
        """The anchors' term; its gradient is written over `gradient`."""
        gradient.zero_()
        term = 0.0
        for anchor in self.anchors:
            leaf = image.detach().requires_grad_()
            value = ANCHOR_UNIT * anchor.distance(leaf)
            gradient += torch.autograd.grad(value, leaf)[0]
            term += float(value.detach())
        return term

    def _carry_back(self, look: Look, pulls: Pulls, factors: _Factors | None, gradient: Tensor) -> float:
        """Adds what the features of a tile ask for to the gradient of its core; gives its part of the content term."""
        wanted = self.targets.content_features(self.network, look.tile)
        asked = self._style_slopes(look, pulls)
        if factors is not None:
            asked = {layer: slope * factors.style[layer] for layer, slope in asked.items()}
        for layer, slope in self._content_slopes(look, wanted).items():
            scaled = slope if factors is None else slope * factors.content[layer]
            asked[layer] = asked[layer] + scaled if layer in asked else scaled
        outputs = [look.features[layer] for layer in asked]
        (part,) = torch.autograd.grad(outputs, look.pixels, list(asked.values()))
        gradient[(..., *look.tile.core())] += part[(..., *look.tile.inner())]
        return sum(
            weight * float(self.targets.content[layer].distance(*self._cores(look, wanted, layer)))
            for layer, weight in self.content_weights.items()
        )

    def _cores(self, look: Look, wanted: dict[str, Tensor], layer: str) -> tuple[Tensor, Tensor]:
        """The features of a tile's core, and those wanted there."""
        core = (..., *look.tile.inner(self.backbone.stride(layer)))
        return look.features[layer].detach()[core], wanted[layer][core]

    def _content_slopes(self, look: Look, wanted: dict[str, Tensor]) -> dict[str, Tensor]:
        """The content term's gradient at the features of a tile, by layer."""
        return {
            layer: self.targets.content[layer].slope(look.features[layer].detach(), wanted[layer], weight)
            for layer, weight in self.content_weights.items()
        }

    def _style_slopes(self, look: Look, pulls: Pulls) -> dict[str, Tensor]:
        """The style term's gradient at the features of a tile, by layer."""
        slopes = dict[str, Tensor]()
        for layer, regions in pulls.items():
            features, shares = look.features[layer].detach(), look.shares(self.backbone.stride(layer))
            for region, pull in enumerate(regions):
                if pull is None:
                    continue
                share = 1 / pull.places if shares is None else shares[region] / pull.places
                slope = slope_at(features, pull.found, pull.slope, share)
                slopes[layer] = slopes[layer] + slope if layer in slopes else slope
        return slopes

    def _factors(self, seen: Seen, pulls: Pulls, only: Look | None) -> _Factors:
        """Looks once more at all tiles, to know how large the gradients are that are to be made equally large."""
        content, style = dict.fromkeys(self.content_weights, 0.0), dict.fromkeys(self.style_weights, 0.0)
        channels = dict[str, int]()
        for tile in self.tiles if only else self.looked_at:
            look = only or Look(self.network, seen, tile)
            wanted = self.targets.content_features(self.network, tile)
            asked = (content, self._content_slopes(look, wanted)), (style, self._style_slopes(look, pulls))
            for sums, slopes in asked:
                for layer, slope in slopes.items():
                    core = slope[(..., *tile.inner(self.backbone.stride(layer)))]
                    sums[layer] += float(core.detach().abs().sum(dtype=torch.float64))
                    channels[layer] = slope.shape[1]

        def factors(sums: dict[str, float], weights: dict[str, float]) -> dict[str, float]:
            return {
                layer: normalised.factor(total, channels[layer], self._places(layer), weights[layer] * GRADIENT_UNIT)
                for layer, total in sums.items()
                if layer in channels
            }

        return _Factors(factors(content, self.content_weights), factors(style, self.style_weights))

    def _places(self, layer: str) -> int:
        """How many places the features of the whole image have at a layer."""
        stride, (width, height) = self.backbone.stride(layer), self.targets.seen.size
        return (width // stride) * (height // stride)

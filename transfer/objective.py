"""The weighted sum of losses on one rung: holds the targets and balances the terms to the pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.network import FeatureNetwork, Head
from transfer.guides import at
from transfer.ladder import Rung
from transfer.losses.anchor import Anchor
from transfer.losses.content import ContentTarget
from transfer.losses.moments import Moments, moments
from transfer.losses.normalised import NormalisedGradient
from transfer.losses.style import StyleTarget
from transfer.losses.tv import total_variation
from transfer.recipe import Recipe

# What a weight of 1 stands for, beside a style term that is 1 at the content picture.
CONTENT_UNIT = 0.045
TV_UNIT = 1.5
ANCHOR_UNIT = 8.0
GRADIENT_UNIT = 10.0  # the mean size of a normalised gradient at a weight of 1


Shares = dict[str, list[Tensor | None] | None]  # of each region at a layer's places, by layer


@dataclass(frozen=True)
class Losses:
    """The terms at one image, already weighted, as scalars with a graph behind them."""

    content: Tensor
    style: Tensor
    tv: Tensor
    anchor: Tensor

    @property
    def total(self) -> Tensor:
        """What is minimised."""
        return self.content + self.style + self.tv + self.anchor

    def values(self) -> dict[str, float]:
        """The total and every term as numbers."""
        terms = {name: float(getattr(self, name).detach()) for name in ("content", "style", "tv", "anchor")}
        return {"total": sum(terms.values()), **terms}


@dataclass(frozen=True)
class Seen:
    """A picture as an objective takes it: (1, 3, H, W), perhaps with the shares (L, H, W) of its regions."""

    image: Tensor
    guide: Tensor | None = None


class Objective:
    """What an image on one rung is measured by.

    `content` is at the rung's size and `styles` each at their own; either all of them have guides, with the same
    labels, or none. `anchors` hold on to lower rungs.
    """

    def __init__(
        self,
        network: FeatureNetwork,
        recipe: Recipe,
        rung: Rung,
        content: Seen,
        styles: list[Seen],
        anchors: Sequence[Anchor] = (),
    ) -> None:
        self.network = network
        self.recipe = recipe
        self.rung = rung
        self.anchors = anchors
        self.heads = {layer: head.compact() for layer, head in network.heads.items() if isinstance(head, Head)}
        with torch.no_grad():
            features = network(content.image)
            self.content_targets = {
                layer: ContentTarget(features[layer], self.heads.get(layer)) for layer in recipe.layers_for_content
            }
            self.shares = self._shares(features, content.guide)
            found = self._moments(features, self.shares)
            wanted = []
            for style in styles:
                seen = network(style.image)
                wanted.append(self._moments(seen, self._shares(seen, style.guide)))
            areas = _areas(content.guide)
            self.style_targets = {
                layer: StyleTarget(recipe, found[layer], [each[layer] for each in wanted], areas)
                for layer in recipe.layers_for_style
            }

    def __call__(self, image: Tensor) -> Losses:
        """The losses at `image`, which has the shape of `content`."""
        features = self.network(image)
        none = image.new_zeros(())
        content, style = none, none
        content_weight = self.recipe.content_weight * CONTENT_UNIT * self.recipe.content_ratio * self.rung.content_part
        for layer, share in self.recipe.content_layer_shares.items():
            weight = content_weight * share
            seen = self._levelled(features[layer], weight)
            content = content + weight * self.content_targets[layer].distance(seen)
        for layer, share in self.recipe.style_layer_shares.items():
            weight = self.recipe.style_weight * share
            seen = self._levelled(features[layer], weight)
            found = self._layer_moments(layer, seen, self.shares[layer])
            style = style + weight * self.style_targets[layer].distance(found)
        return Losses(
            content=content,
            style=style,
            tv=self.recipe.tv_weight * TV_UNIT * total_variation(image),
            anchor=ANCHOR_UNIT * sum((anchor.distance(image) for anchor in self.anchors), none),
        )

    def _levelled(self, features: Tensor, weight: float) -> Tensor:
        if not self.recipe.normalize_gradients:
            return features
        levelled: Tensor = NormalisedGradient.apply(  # type: ignore[no-untyped-call]
            features, weight * GRADIENT_UNIT
        )
        return levelled

    def _shares(self, features: dict[str, Tensor], guide: Tensor | None) -> Shares:
        """The shares of the regions at the places of each style layer; None where there are no regions."""
        layers = self.recipe.layers_for_style
        return {layer: None if guide is None else at(features[layer], guide) for layer in layers}

    def _moments(self, features: dict[str, Tensor], shares: Shares) -> dict[str, list[Moments | None]]:
        return {layer: self._layer_moments(layer, features[layer], each) for layer, each in shares.items()}

    def _layer_moments(self, layer: str, features: Tensor, shares: list[Tensor | None] | None) -> list[Moments | None]:
        """The moments of each region, or of the whole; None for a region too small."""
        if shares is None:
            found: list[Moments | None] = [moments(features)]
        else:
            found = [share if share is None else moments(features, share) for share in shares]
        head = self.heads.get(layer)
        return found if head is None else [each and each.through(head) for each in found]


def _areas(guide: Tensor | None) -> list[float]:
    """The share of the picture that each region covers."""
    if guide is None:
        return [1.0]
    whole = float(guide.sum())
    return [float(part.sum()) / whole for part in guide]

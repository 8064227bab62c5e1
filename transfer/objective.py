"""The weighted sum of losses on one rung: holds the targets and balances the terms to the pair."""

from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.network import FeatureNetwork, Head
from transfer.losses.anchor import Anchor
from transfer.losses.content import ContentTarget
from transfer.losses.gram import GramTarget
from transfer.losses.moments import Moments, moments
from transfer.losses.tv import total_variation
from transfer.losses.wasserstein import WassersteinTarget
from transfer.recipe import Recipe

STYLE_TARGETS: dict[str, type[WassersteinTarget | GramTarget]] = {"w2": WassersteinTarget, "gram": GramTarget}

# What a weight of 1 stands for, beside a style term that is 1 at the content picture.
CONTENT_UNIT = 0.035
TV_UNIT = 1.5
ANCHOR_UNIT = 8.0
LEAST_START = 0.05  # a style that the content already matches is not weighed up without bound


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


class Objective:
    """What an image on one rung is measured by.

    `content` is the content picture at the rung's size and `style` the style at its own, both (1, 3, H, W); `below` is
    the picture of the rung below, at that rung's size, or None on the lowest.
    """

    def __init__(
        self, network: FeatureNetwork, recipe: Recipe, content: Tensor, style: Tensor, below: Tensor | None
    ) -> None:
        self.network = network
        self.recipe = recipe
        self.anchor = None if below is None else Anchor(below)
        self.heads = {layer: head.compact() for layer, head in network.heads.items() if isinstance(head, Head)}
        with torch.no_grad():
            seen = network(content)
            self.content_targets = {
                layer: ContentTarget(seen[layer], self.heads.get(layer)) for layer in recipe.layers_for_content
            }
            start = self._moments(seen)
            wanted = self._moments(network(style))
            self.style_targets = {
                layer: STYLE_TARGETS[recipe.style_loss](wanted[layer]) for layer in recipe.layers_for_style
            }
            self.style_starts = {
                layer: max(LEAST_START, float(target.distance(start[layer])))
                for layer, target in self.style_targets.items()
            }

    def __call__(self, image: Tensor) -> Losses:
        """The losses at `image`, which has the shape of `content`."""
        seen = self.network(image)
        found = self._moments(seen)
        none = image.new_zeros(())
        content = sum((target.distance(seen[layer]) for layer, target in self.content_targets.items()), none)
        style = sum(
            (target.distance(found[layer]) / self.style_starts[layer] for layer, target in self.style_targets.items()),
            none,
        )
        return Losses(
            content=self.recipe.content_weight * CONTENT_UNIT * content / len(self.content_targets),
            style=self.recipe.style_weight * style / len(self.style_targets),
            tv=self.recipe.tv_weight * TV_UNIT * total_variation(image),
            anchor=ANCHOR_UNIT * self.anchor.distance(image) if self.anchor else none,
        )

    def _moments(self, seen: dict[str, Tensor]) -> dict[str, Moments]:
        found = {}
        for layer in self.recipe.layers_for_style:
            head = self.heads.get(layer)
            found[layer] = moments(seen[layer]) if head is None else moments(seen[layer]).through(head)
        return found

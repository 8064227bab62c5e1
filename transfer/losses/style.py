"""The style term: how far the moments of an image's features are from those of the styles, region by region."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.moments import Moments, as_map, as_vectors, blended, gradient_at
from transfer.features.network import Head
from transfer.features.registry import Backbone
from transfer.losses.distance import Distance
from transfer.losses.gram import GramTarget
from transfer.losses.term import FeatureTerm, Scalar
from transfer.losses.wasserstein import WassersteinTarget
from transfer.tiling.places import Places
from transfer.tiling.tiles import Statistics, View

DISTANCES: dict[str, Callable[[Moments], Distance]] = {"w2": WassersteinTarget, "gram": GramTarget}
LEAST_START = 0.05  # chosen: a style that the content already matches is not weighed up without bound


@dataclass(frozen=True)
class Compared:
    """A region's moments, what they are compared with after the head, and what the distance is multiplied with."""

    region: int
    found: Moments
    target: Distance
    relative: float


class StyleTarget:
    """What one layer's moments should become, each region by itself.

    Each distance is relative to that of the content picture, so that the term starts at 1; regions count by the area
    that they cover, so that a place weighs the same in each. `distance` names the kind of distance. Of each region (of
    the whole, where there are none) `content` has the moments, (C) and (C, C), at the content picture, `styles` those
    of each style, and `areas` the share of the picture that it covers. None stands for a region too small to have
    moments. `blend` has how much each style counts.
    """

    def __init__(
        self,
        distance: str,
        content: Sequence[Moments | None],
        styles: Sequence[Sequence[Moments | None]],
        blend: Sequence[float],
        areas: Sequence[float],
    ) -> None:
        self.targets: list[tuple[int, Distance, float]] = []
        for region, (start, area) in enumerate(zip(content, areas, strict=True)):
            wanted = blended([style[region] for style in styles], blend)
            if start is None or wanted is None:
                continue
            target = DISTANCES[distance](wanted)
            self.targets.append((region, target, area / max(LEAST_START, float(target.distance(start)))))

    def compared(self, found: Sequence[Moments | None]) -> list[Compared]:
        """What there is to compare, given the moments of each region."""
        return [
            Compared(region, each, target, relative)
            for region, target, relative in self.targets
            if (each := found[region]) is not None
        ]


@dataclass(frozen=True)
class _Pull:
    """Where a region's moments at a layer stand, the gradient there, and how many places share it."""

    found: Moments
    gradient: Moments
    places: float

    def at(self, vectors: Tensor, shares: Tensor | None = None) -> Tensor:
        """The term's gradient at vectors (N, C), of which each belongs to the region by its share (N), or wholly."""
        share = 1 / self.places if shares is None else shares / self.places
        return gradient_at(vectors, self.found, self.gradient, share)


class StyleTerm(FeatureTerm):
    """The distance to the styles' moments: its value and its gradient there follow from the first pass.

    `targets` are those of each layer that has a weight; `heads` come before moments are compared.
    """

    name = "style"
    needs_statistics = True

    def __init__(
        self,
        weights: Mapping[str, float],
        targets: Mapping[str, StyleTarget],
        heads: Mapping[str, Head],
        backbone: Backbone,
    ) -> None:
        super().__init__(weights)
        self.targets, self.heads, self.backbone = targets, heads, backbone
        self.begin()

    def begin(self) -> None:
        """See `FeatureTerm`."""
        self._found = Statistics(self.backbone, self.weights)
        self._pulls = dict[str, list[_Pull | None]]()

    def statistics(self, view: View) -> None:
        """See `FeatureTerm`."""
        self._found.add(view)

    def settle(self) -> Scalar:
        """See `FeatureTerm`."""
        moments = {layer: self._found.moments(layer) for layer in self.weights}
        compared = [(layer, each) for layer, found in moments.items() for each in self.targets[layer].compared(found)]
        self._pulls = {layer: [None] * len(found) for layer, found in moments.items()}
        values = dict[str, Scalar](dict.fromkeys(self.weights, 0.0))
        for (layer, each), (distance, gradient) in zip(compared, self._distances(compared), strict=True):
            weight, head = self.weights[layer] * each.relative, self.heads.get(layer)
            values[layer] += weight * distance
            pulling = (gradient if head is None else gradient.before(head)).times(weight)
            self._pulls[layer][each.region] = _Pull(each.found, pulling, self._found.weights(layer)[each.region])
        return sum(values.values())

    def _distances(self, compared: Sequence[tuple[str, Compared]]) -> list[tuple[Tensor, Moments]]:
        """All distances, and their gradients with respect to the moments after the heads."""
        found = [
            each.found if (head := self.heads.get(layer)) is None else each.found.through(head)
            for layer, each in compared
        ]
        targets = [each.target for _, each in compared]
        return type(targets[0]).with_gradients(targets, found) if targets else []

    def gradient(self, view: View) -> tuple[dict[str, Tensor], Scalar]:
        """See `FeatureTerm`."""
        gradients = dict[str, Tensor]()
        for layer, pulls in self._pulls.items():
            features, places = view.features[layer].detach(), view.places(self._found.strides[layer])
            if places is not None:
                gradients[layer] = _by_region(pulls, features, places)
            elif pulls[0] is not None:
                gradients[layer] = as_map(pulls[0].at(as_vectors(features)), features)
        return gradients, 0.0


def _by_region(pulls: Sequence[_Pull | None], features: Tensor, places: Places) -> Tensor:
    """The gradient at a feature map (1, C, h, w), where each region pulls at its own places."""
    inside, borders = places.sorted(features)
    own = [torch.zeros_like(each) if pull is None else pull.at(each) for pull, each in zip(pulls, inside, strict=True)]
    shared = torch.zeros_like(borders)
    for pull, border in zip(pulls, places.borders, strict=True):
        if pull is not None:
            shared.index_add_(0, border.index, pull.at(borders[border.index], border.shares))
    return places.put_back(own, shared, features)

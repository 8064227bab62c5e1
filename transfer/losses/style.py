"""The style term: how far the moments of an image's features are from those of the styles, region by region."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.features.moments import Moments, blended, gradient_at
from transfer.features.network import Head
from transfer.features.registry import Backbone
from transfer.losses.gram import GramTarget
from transfer.losses.term import FeatureTerm, nothing
from transfer.losses.wasserstein import WassersteinTarget
from transfer.tiling.tiles import Statistics, View

DISTANCES: dict[str, type[WassersteinTarget | GramTarget]] = {"w2": WassersteinTarget, "gram": GramTarget}
LEAST_START = 0.05  # chosen: a style that the content already matches is not weighed up without bound


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
        self.targets: list[tuple[int, WassersteinTarget | GramTarget, float]] = []
        for region, (start, area) in enumerate(zip(content, areas, strict=True)):
            wanted = blended([style[region] for style in styles], blend)
            if start is None or wanted is None:
                continue
            target = DISTANCES[distance](wanted)
            self.targets.append((region, target, area / max(LEAST_START, float(target.distance(start)))))

    def gradient(
        self, found: list[Moments | None], head: Head | None, weight: float
    ) -> tuple[float, list[Moments | None]]:
        """`weight` times the term, and its gradient with respect to the moments `found` before the head.

        The matrices are small, so autograd does it, in float64; from there to the features, `gradient_at` has it in
        closed form.
        """
        compared: list[Moments | None] = [None] * len(found)
        leaves = dict[int, tuple[Tensor, Tensor]]()
        for region, _, _ in self.targets:
            if (each := found[region]) is not None:
                leaves[region] = each.mean.requires_grad_(), each.covariance.requires_grad_()
                compared[region] = each if head is None else each.through(head)
        value = weight * self.distance(compared)
        gradients: list[Moments | None] = [None] * len(found)
        if not isinstance(value, Tensor):
            return 0.0, gradients
        given = iter(torch.autograd.grad(value, [part for leaf in leaves.values() for part in leaf]))
        for region in leaves:
            gradients[region] = Moments(next(given), next(given))
        return float(value.detach()), gradients

    def distance(self, found: list[Moments | None]) -> Tensor | float:
        """The term at the moments `found`: a scalar; 0 where no region has any."""
        return sum(
            weight * target.distance(moments)
            for region, target, weight in self.targets
            if (moments := found[region]) is not None
        )


@dataclass(frozen=True)
class _Pull:
    """Where a region's moments at a layer stand, the gradient there, and how many places share it."""

    found: Moments
    gradient: Moments
    places: float


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

    def settle(self) -> float:
        """See `FeatureTerm`."""
        term = 0.0
        for layer, weight in self.weights.items():
            moments = self._found.moments(layer)
            value, gradients = self.targets[layer].gradient(moments, self.heads.get(layer), weight)
            term += value
            self._pulls[layer] = [
                _Pull(each, gradient, places) if each is not None and gradient is not None else None
                for each, gradient, places in zip(moments, gradients, self._found.weights(layer), strict=True)
            ]
        return term

    def gradient(self, view: View) -> tuple[dict[str, Tensor], Callable[[], float]]:
        """See `FeatureTerm`."""
        gradients = dict[str, Tensor]()
        for layer, regions in self._pulls.items():
            features, shares = view.features[layer].detach(), view.shares(self._found.strides[layer])
            for region, pull in enumerate(regions):
                if pull is None:
                    continue
                share = 1 / pull.places if shares is None else shares[region] / pull.places
                gradient = gradient_at(features, pull.found, pull.gradient, share)
                gradients[layer] = gradients[layer] + gradient if layer in gradients else gradient
        return gradients, nothing

"""The content loss of Gatys et al. 2015, arXiv:1508.06576, equation 1, as a mean.

    mean |f - f*|^2 / var f*

Departure: relative to the centred variance of the content's features, not to their energy, most of which is a
constant. So a grey heightmap keeps its structure under the same weight as a colourful photograph.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from transfer.features.moments import Moments
from transfer.features.network import Head
from transfer.losses.term import FeatureTerm
from transfer.tiling.grid import Tile
from transfer.tiling.tiles import View

LEAST_VARIANCE = 1e-3  # of the energy


class ContentTarget:
    """What distances to the content picture's features at one layer are relative to; a `head` comes before them.

    `content` are the moments of these features over their `places`.
    """

    def __init__(self, content: Moments, places: int, head: Head | None = None) -> None:
        compared = content.double() if head is None else content.double().through(head)
        energy = float(compared.second.trace())
        self.unit = places * (max(float(compared.variance), LEAST_VARIANCE * energy) + 1e-12)
        self.metric = None if head is None else head.weight.T @ head.weight

    def distance(self, features: Tensor, wanted: Tensor) -> Tensor:
        """What these places (1, C, h, w) contribute to the mean squared distance to the `wanted` ones: a scalar."""
        apart = self._apart(features, wanted)
        return (apart * self._measured(apart)).sum() / self.unit

    def gradient(self, features: Tensor, wanted: Tensor, weight: float) -> Tensor:
        """The gradient of `weight` times the distance at `features`, in their dtype."""
        apart = self._apart(features, wanted)
        found = self._measured(apart) * (2 * weight / self.unit)
        return found.to(features.dtype, memory_format=torch.channels_last)

    def _apart(self, features: Tensor, wanted: Tensor) -> Tensor:
        wide = torch.promote_types(features.dtype, torch.float32)
        return features.to(wide) - wanted.to(wide)

    def _measured(self, apart: Tensor) -> Tensor:
        """The differences in the head's metric W^T W: |W d|^2 = d W^T W d, at any place."""
        if self.metric is None:
            return apart
        return torch.einsum("bchw,dc->bdhw", apart, self.metric.to(apart))


class ContentTerm(FeatureTerm):
    """The distance to the content, place by place, so that it needs no first pass.

    `targets` and `strides` are those of each layer that has a weight; `wanted` gives the content's features
    (1, C, h, w) over a tile with its margin, by layer.
    """

    name = "content"

    def __init__(
        self,
        weights: Mapping[str, float],
        targets: Mapping[str, ContentTarget],
        strides: Mapping[str, int],
        wanted: Callable[[Tile], dict[str, Tensor]],
    ) -> None:
        super().__init__(weights)
        self.targets, self.strides, self.wanted = targets, strides, wanted

    def gradient(self, view: View) -> tuple[dict[str, Tensor], Callable[[], float]]:
        """See `FeatureTerm`."""
        wanted = self.wanted(view.tile)
        gradients = {
            layer: self.targets[layer].gradient(view.features[layer].detach(), wanted[layer], weight)
            for layer, weight in self.weights.items()
        }
        return gradients, lambda: self._value(view, wanted)

    def _value(self, view: View, wanted: dict[str, Tensor]) -> float:
        value = 0.0
        for layer, weight in self.weights.items():
            core = (..., *view.tile.inner(self.strides[layer]))
            features = view.features[layer].detach()[core]
            value += weight * float(self.targets[layer].distance(features, wanted[layer][core]))
        return value

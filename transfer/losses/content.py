"""The content loss of Gatys et al. 2015, arXiv:1508.06576, equation 1, as a mean.

    mean |f - f*|^2 / var f*

Departure: relative to the centred variance of the content's features, not to their energy, most of which is a
constant. So a grey heightmap keeps its structure under the same weight as a colourful photograph. Where the content has
hardly any variance, the style's counts instead: a flat content has no structure to be kept from a style.
"""

from collections.abc import Callable, Mapping
from types import EllipsisType

import torch
from torch import Tensor

from transfer.features.moments import Moments, as_map, as_vectors
from transfer.features.network import Head
from transfer.losses.term import FeatureTerm, Scalar
from transfer.tiling.grid import Tile
from transfer.tiling.tiles import View

LEAST_VARIANCE = 0.25  # chosen: of the style's
LEAST_OF_ENERGY = 1e-3  # of the content's, where the style is flat too
Core = tuple[EllipsisType, slice, slice]


class ContentTarget:
    """What distances to the content picture's features at one layer are relative to; a `head` comes before them.

    `content` are the moments of these features over their `places`, and `style` those of the styles' there.
    """

    def __init__(self, content: Moments, places: int, head: Head | None = None, style: Moments | None = None) -> None:
        compared = _compared(content, head)
        least = LEAST_OF_ENERGY * float(compared.second.trace())
        if style is not None:
            least = max(least, LEAST_VARIANCE * float(_compared(style, head).variance))
        self.unit = places * (max(float(compared.variance), least) + 1e-12)
        self.metric = None if head is None else head.weight.T @ head.weight

    def distance(self, features: Tensor, wanted: Tensor) -> Tensor:
        """What these places (1, C, h, w) contribute to the mean squared distance to the `wanted` ones: a scalar."""
        apart = features - wanted
        return _summed(apart * self._measured(apart)) / self.unit

    def gradient(self, features: Tensor, wanted: Tensor, weight: float, core: Core) -> tuple[Tensor, Tensor]:
        """The gradient of `weight` times the distance at `features`, in their dtype, and its value in their `core`."""
        apart = features - wanted
        measured = self._measured(apart)
        value = _summed(apart[core] * measured[core]).double() * (weight / self.unit)
        return measured * (2 * weight / self.unit), value

    def _measured(self, apart: Tensor) -> Tensor:
        """The differences in the head's metric W^T W: |W d|^2 = d W^T W d, at any place."""
        if self.metric is None:
            return apart
        return as_map(as_vectors(apart) @ self.metric.to(apart), apart)


def _summed(values: Tensor) -> Tensor:
    return values.sum(dtype=torch.promote_types(values.dtype, torch.float32))


def _compared(moments: Moments, head: Head | None) -> Moments:
    return moments.double() if head is None else moments.double().through(head)


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

    def gradient(self, view: View) -> tuple[dict[str, Tensor], Scalar]:
        """See `FeatureTerm`."""
        wanted, gradients = self.wanted(view.tile), dict[str, Tensor]()
        term: Scalar = 0.0
        for layer, weight in self.weights.items():
            features, core = view.features[layer].detach(), (..., *view.tile.inner(self.strides[layer]))
            gradients[layer], value = self.targets[layer].gradient(features, wanted[layer], weight, core)
            term += value
        return gradients, term

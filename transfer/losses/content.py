"""The content loss of Gatys et al. 2015, arXiv:1508.06576, equation 1, as a mean.

    mean |f - f*|^2 / var f*

Departure: relative to the centred variance of the content's features, not to their energy, most of which is a
constant. So a grey heightmap keeps its structure under the same weight as a colourful photograph.
"""

import torch
from torch import Tensor

from transfer.features.network import Head


class ContentTarget:
    """The content picture's features (1, C, H, W) at one layer."""

    def __init__(self, features: Tensor, head: Head | None) -> None:
        self.head = head
        self.features = self._seen(features)
        centred = self.features - self.features.mean((2, 3), keepdim=True)
        energy = self.features.square().sum(1).mean()
        self.scale = torch.maximum(centred.square().sum(1).mean(), 1e-3 * energy) + 1e-12

    def _seen(self, features: Tensor) -> Tensor:
        wide = features.to(torch.promote_types(features.dtype, torch.float32))
        return wide if self.head is None else self.head(wide)

    def distance(self, features: Tensor) -> Tensor:
        """Mean squared distance to `features` of the same shape, divided by the content's variance: a scalar."""
        return (self._seen(features) - self.features).square().sum(1).mean() / self.scale

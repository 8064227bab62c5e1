"""The places of a feature map, put in the order of the regions that they lie in.

Nearly every place lies inside one region; on borders, where a mask is smooth or the features are coarse, several share
it. So what is done for each region is done at its own places and at those of the borders, and not at all places.
"""

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

from transfer.features.moments import as_map, as_vectors


@dataclass(frozen=True)
class Border:
    """The places of a region on borders: which of all border places they are (N), and their shares (N), more than 0.

    `weight` is what the shares add up to.
    """

    index: Tensor
    shares: Tensor
    weight: float

    @classmethod
    def of(cls, shares: Tensor) -> Self:
        """From the shares that all border places have in a region, (B)."""
        index = shares.nonzero()[:, 0]
        own = shares[index]
        return cls(index, own, float(own.sum(dtype=torch.float64)))


class Places:
    """Those of a feature map of h x w places, by how much they belong to each of L regions: `shares` (L, h, w), 0 to 1.

    `inside` says how many lie in one region alone; they come first, region by region. The others come last; `borders`
    says to which of them each region has a share.
    """

    def __init__(self, shares: Tensor) -> None:
        flat = shares.flatten(1)
        alone = (flat == 1) & (flat.sum(0) == 1)
        *own, shared = (part.nonzero()[:, 0] for part in (*alone, ~alone.any(0)))
        self.inside = [len(part) for part in own]
        self.borders = [Border.of(region[shared]) for region in flat]
        self.order = torch.cat([*own, shared]).int()
        self.back = torch.empty_like(self.order)
        self.back[self.order] = torch.arange(len(self.order), dtype=torch.int32, device=shares.device)

    def sorted(self, features: Tensor) -> tuple[list[Tensor], Tensor]:
        """The vectors of a feature map (1, C, h, w): (N, C) for each region, and those of the borders (B, C)."""
        rest = len(self.order) - sum(self.inside)
        *inside, border = torch.split(as_vectors(features).index_select(0, self.order), [*self.inside, rest])
        return inside, border

    def put_back(self, inside: list[Tensor], border: Tensor, like: Tensor) -> Tensor:
        """What `sorted` has taken apart, as a feature map (1, C, h, w) of the size of `like`."""
        return as_map(torch.cat([*inside, border]).index_select(0, self.back), like)

"""How far vgg16-lite's features are from its teacher's, and the gradient of that, in one pass over them.

It is `loss.py`'s sum of features and changes. Written down by hand it takes a fraction of what autograd takes, which
was most of a step; covariances would double that, and are left out.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from transfer.distill.loss import CHANGES_WEIGHT

SMALLEST, LEAST_CHANGE = (
    1e-9,
    1e-3,
)  # so that features without energy, and neighbours that are alike, divide nothing by 0


@dataclass(frozen=True)
class Errors:
    """Relative squared errors of one layer's features, and of how these change between neighbours."""

    features: float
    changes: float
    gradient: Tensor

    @property
    def total(self) -> float:
        """The loss, whose gradient at the predicted features is `gradient`."""
        return self.features + CHANGES_WEIGHT * self.changes


@torch.no_grad()
def errors(predicted: Tensor, wanted: Tensor) -> Errors:
    """Of batches (2B, C, h, w): B pictures, then their B neighbours."""
    wanted = wanted.float()
    apart = predicted.float() - wanted
    half = len(apart) // 2
    between = apart - apart.roll(half, 0)
    energy = max(SMALLEST, float(wanted.square().sum()))
    change = max(LEAST_CHANGE * energy, float((wanted[half:] - wanted[:half]).square().sum()))
    return Errors(
        features=float(apart.square().sum()) / energy,
        changes=float(between[:half].square().sum()) / change,
        gradient=(apart * (2 / energy)).add_(between, alpha=2 * CHANGES_WEIGHT / change),
    )

"""How far vgg19-lite's features are from its teacher's, in three relative measures.

For a layer with teacher's features t and predicted features s, at pictures x and nearby x':

    features     E|s(x) - t(x)|^2 / E|t(x)|^2
    changes      E|(s(x') - s(x)) - (t(x') - t(x))|^2 / E|t(x') - t(x)|^2
    covariance   E|C_s - C_t|^2 / E|C_t|^2, where C is one crop's centred second moment
"""

import torch
from torch import Tensor

CHANGES_WEIGHT = 0.3
COVARIANCE_WEIGHT = 0.1


def distillation_loss(predicted: Tensor, wanted: Tensor) -> dict[str, Tensor]:
    """The terms of one layer, weighted, for batches (2B, C, h, w): B pictures, then their B neighbours."""
    predicted, wanted = predicted.float(), wanted.float()
    change_predicted, change_wanted = _change(predicted), _change(wanted)
    return {
        "features": _relative(predicted, wanted),
        "changes": CHANGES_WEIGHT * _relative(change_predicted, change_wanted),
        "covariance": COVARIANCE_WEIGHT * _relative(_covariance(predicted), _covariance(wanted)),
    }


def _change(features: Tensor) -> Tensor:
    here, there = features.chunk(2)
    return there - here


def _relative(predicted: Tensor, wanted: Tensor) -> Tensor:
    return (predicted - wanted).square().sum() / wanted.square().sum()


def _covariance(features: Tensor) -> Tensor:
    vectors = features.flatten(2)
    centred = vectors - vectors.mean(2, keepdim=True)
    return centred @ centred.transpose(1, 2) / vectors.shape[2]


@torch.no_grad()
def residual(predicted: Tensor, wanted: Tensor) -> tuple[float, float]:
    """Unexplained and total energy over all channels, so that sums over pictures make sense."""
    return float((predicted - wanted).square().sum()), float(wanted.square().sum())

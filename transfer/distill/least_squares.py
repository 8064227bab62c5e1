"""Parts of a teacher, and linear maps fitted to it."""

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

PLACES = 30_000  # places used to fit a layer
RIDGE = 1e-6


def leading_channels(second: Tensor, count: int) -> list[int]:
    """The `count` channels that best predict all others linearly, chosen greedily.

    `second` is the second moment (C, C) of all channels. This is a pivoted Cholesky decomposition that takes the
    channel which explains most of the rest.
    """
    left, chosen = second.clone(), list[int]()
    smallest = 1e-9 * float(second.diagonal().max())
    for _ in range(count):
        explained = left.square().sum(0) / left.diagonal().clamp_min(smallest)
        explained[chosen] = -1
        channel = int(explained.argmax())
        chosen.append(channel)
        left = left - torch.outer(left[:, channel], left[channel]) / left[channel, channel].clamp_min(smallest)
    return chosen


def second_moment(features: Tensor) -> Tensor:
    """E[f f^T] (C, C) over all places of a feature map (B, C, H, W)."""
    rows = vectors(features)
    return (rows.T @ rows).double() / len(rows)


def fit_convolution(convolution: nn.Conv2d, features: Tensor, wanted: Tensor) -> None:
    """Makes `convolution` of `features` as close as possible to `wanted`, the teacher's values before its ReLU."""
    set_convolution(convolution, *least_squares(*same_places(patches(features), vectors(wanted))))


def set_convolution(convolution: nn.Conv2d, weight: Tensor, bias: Tensor) -> None:
    """Gives a convolution the map of `patches` that `least_squares` found."""
    convolution.weight.copy_(weight.view_as(convolution.weight))
    cast(Tensor, convolution.bias).copy_(bias)


def fit_squeeze(squeeze: nn.Conv2d, features: Tensor) -> None:
    """The principal axes of `features`, uncentred."""
    _, axes = torch.linalg.eigh(second_moment(features))
    squeeze.weight.copy_(axes[:, -squeeze.out_channels :].T[:, :, None, None])
    cast(Tensor, squeeze.bias).zero_()


def least_squares(inputs: Tensor, outputs: Tensor) -> tuple[Tensor, Tensor]:
    """The weight (O, I) and bias (O) that map rows of `inputs` (N, I) to rows of `outputs` (N, O)."""
    solve, rows = normal_equations(inputs.double())
    found = solve(rows.T @ outputs.double()).T
    return found[:, :-1], found[:, -1]


def normal_equations(inputs: Tensor) -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """What solves for the weights (I + 1, O), the bias last, given rows^T outputs; and the rows (N, I + 1)."""
    rows = functional.pad(inputs, (0, 1), value=1.0)
    normal = rows.double().T @ rows.double()
    normal += RIDGE * normal.diagonal().mean() * torch.eye(len(normal), dtype=normal.dtype, device=normal.device)
    factor = torch.linalg.cholesky(normal)
    return lambda right: torch.cholesky_solve(right.double(), factor), rows


def same_places(one: Tensor, other: Tensor, places: int = PLACES) -> tuple[Tensor, Tensor]:
    """The rows of both at `places` places, evenly spread."""
    step = max(1, len(one) // places)
    return one[::step], other[::step]


def patches(features: Tensor) -> Tensor:
    """The 3 x 3 neighbourhood of each place of a feature map (B, C, H, W), as rows (B H W, 9 C)."""
    padded = functional.pad(features, (1, 1, 1, 1), "replicate")
    return functional.unfold(padded, 3).transpose(1, 2).flatten(0, 1)


def vectors(features: Tensor) -> Tensor:
    """A feature map (B, C, H, W) as rows (B H W, C)."""
    return features.permute(0, 2, 3, 1).flatten(0, 2)

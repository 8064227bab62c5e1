"""The start of vgg19-lite's training: the network as a part of its teacher, fitted layer by layer.

From shallow to deep, each layer takes those of its teacher's channels that explain the others best. It is fitted to
them by least squares on the output of the fitted layers below. From random weights, thousands of steps end far behind
this start.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.features.network import Head
from transfer.features.vgg19 import VGG19
from transfer.features.vgg19_lite import VGG19Lite

CONVOLUTIONS = ("relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1")
PLACES = 30_000  # places used to fit a layer
RIDGE = 1e-6


@torch.no_grad()
def begin(student: VGG19Lite, teacher: VGG19, pictures: Tensor) -> None:
    """Sets the first weights of `student` from `pictures` (B, 3, H, W); `teacher` computes all of `CONVOLUTIONS`."""
    wanted = teacher(pictures)
    features = truth = student.normalised(pictures)
    for layer in CONVOLUTIONS:
        if layer in ("relu2_1", "relu3_1"):
            features, truth = functional.avg_pool2d(features, 2), functional.avg_pool2d(truth, 2)
        convolution: nn.Conv2d = getattr(student, layer.replace("relu", "conv"))
        kept = leading_channels(second_moment(wanted[layer]), convolution.out_channels)
        _fit_convolution(convolution, features, teacher.features[layer](truth)[:, kept])
        features, truth = functional.relu(convolution(features)), wanted[layer]
        if layer in student.heads:
            weight, bias = least_squares(*_same_places(vectors(features), vectors(truth)))
            head = cast(Head, student.heads[layer])
            head.weight.copy_(weight)
            head.bias.copy_(bias)
        if layer == "relu2_1":
            _fit_squeeze(student.squeeze2_1, features)
            features = student.squeeze2_1(features)


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


def _fit_convolution(convolution: nn.Conv2d, features: Tensor, wanted: Tensor) -> None:
    """Makes `convolution` of `features` as close as possible to `wanted`, the teacher's values before its ReLU."""
    padded = functional.pad(features, (1, 1, 1, 1), "replicate")
    patches = functional.unfold(padded, 3).transpose(1, 2).flatten(0, 1)
    weight, bias = least_squares(*_same_places(patches, vectors(wanted)))
    convolution.weight.copy_(weight.view_as(convolution.weight))
    cast(Tensor, convolution.bias).copy_(bias)


def _fit_squeeze(squeeze: nn.Conv2d, features: Tensor) -> None:
    """The principal axes of `features`, uncentred."""
    _, axes = torch.linalg.eigh(second_moment(features))
    squeeze.weight.copy_(axes[:, -squeeze.out_channels :].T[:, :, None, None])
    cast(Tensor, squeeze.bias).zero_()


def least_squares(inputs: Tensor, outputs: Tensor, ridge: float = RIDGE) -> tuple[Tensor, Tensor]:
    """The weight (O, I) and bias (O) that map rows of `inputs` (N, I) to rows of `outputs` (N, O)."""
    rows = functional.pad(inputs, (0, 1), value=1.0).double()
    normal = rows.T @ rows
    normal += ridge * normal.diagonal().mean() * torch.eye(len(normal), dtype=normal.dtype, device=normal.device)
    found = torch.linalg.solve(normal, rows.T @ outputs.double()).T
    return found[:, :-1], found[:, -1]


def _same_places(one: Tensor, other: Tensor) -> tuple[Tensor, Tensor]:
    """The rows of both at `PLACES` places, evenly spread."""
    step = max(1, len(one) // PLACES)
    return one[::step], other[::step]


def vectors(features: Tensor) -> Tensor:
    """The places of a feature map (B, C, H, W) as rows (B H W, C)."""
    return features.permute(0, 2, 3, 1).flatten(0, 2)

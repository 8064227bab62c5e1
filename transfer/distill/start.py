"""The start of training: the small network as a part of its teacher, fitted layer by layer.

From shallow to deep, each layer takes those of its teacher's channels that explain the others best. It is fitted to
them by least squares on the output of the fitted layers below. From random weights, thousands of steps end far behind
this start.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.distill.least_squares import (
    fit_convolution,
    fit_squeeze,
    leading_channels,
    least_squares,
    same_places,
    second_moment,
    vectors,
)
from transfer.features.network import Head
from transfer.features.vgg import VGG
from transfer.features.vgg19_lite import VGG19Lite

CONVOLUTIONS = ("relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1")


@torch.no_grad()
def begin(student: VGG19Lite, teacher: VGG, pictures: Tensor) -> None:
    """Sets the first weights of `student` from `pictures` (B, 3, H, W); `teacher` computes all of `CONVOLUTIONS`."""
    wanted = teacher(pictures)
    features = truth = student.normalised(pictures)
    for layer in CONVOLUTIONS:
        if layer in ("relu2_1", "relu3_1"):
            features, truth = functional.avg_pool2d(features, 2), functional.avg_pool2d(truth, 2)
        convolution: nn.Conv2d = getattr(student, layer.replace("relu", "conv"))
        kept = leading_channels(second_moment(wanted[layer]), convolution.out_channels)
        fit_convolution(convolution, features, teacher.features[layer](truth)[:, kept])
        features, truth = functional.relu(convolution(features)), wanted[layer]
        if layer in student.heads:
            set_head(student, layer, *same_places(vectors(features), vectors(truth)))
        if layer == "relu2_1":
            fit_squeeze(student.squeeze2_1, features)
            features = student.squeeze2_1(features)


def set_head(student: VGG19Lite, layer: str, features: Tensor, wanted: Tensor) -> None:
    """Fits a head to rows of features (N, inputs) and of what the teacher has there (N, outputs)."""
    weight, bias = least_squares(features, wanted)
    head = cast(Head, student.heads[layer])
    head.weight.copy_(weight)
    head.bias.copy_(bias)

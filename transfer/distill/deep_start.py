"""The start of vgg16-lite's training: VGG-16's convolutions as products of smaller ones, fitted in closed form.

From shallow to deep, each layer is fitted to what the teacher's convolution gives before its ReLU, on the output of
the fitted layers below, so that it makes up for their errors (Zhang et al. 2016, arXiv:1505.06798). Squeezing keeps the
axes that the teacher's next convolution weighs most; the rest is a reduced-rank regression (Izenman 1975).
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from transfer.distill.start import leading_channels, least_squares, second_moment, vectors
from transfer.features.network import Head
from transfer.features.registry import LITE16_FACTORS
from transfer.features.vgg16 import VGG16
from transfer.features.vgg16_lite import Factored, VGG16Lite

CONVOLUTIONS = ("relu1_1", "relu1_2", *LITE16_FACTORS)
PLACES = 40_000  # used to fit a layer
RIDGE = 3e-5


@torch.no_grad()
def begin(student: VGG16Lite, teacher: VGG16, wanted: dict[str, Tensor], pictures: Tensor) -> None:
    """Sets the first weights of `student`, of all its layers.

    `wanted` are the maps of `CONVOLUTIONS` that `teacher` has for `pictures` (B, 3, H, W) in [0, 1], in any precision.
    """
    features = truth = student.normalised(pictures)
    for name, mine in (("relu1_1", student.conv1_1), ("relu1_2", student.conv1_2)):
        kept = leading_channels(second_moment(wanted[name].float()), mine.out_channels)
        before_relu = _patches(truth, _places(truth)) @ _matrix(teacher.features[name]).T
        found = least_squares(_patches(features, _places(features)), before_relu[:, kept], RIDGE)
        _set(mine, found[0], found[1] + _bias(teacher.features[name])[kept])
        features, truth = functional.relu_(mine(features)), wanted[name]
        if name == "relu1_1":
            head, places = cast(Head, student.heads[name]), _places(features)
            weight, bias = least_squares(vectors(features)[places], vectors(truth)[places].float(), RIDGE)
            head.weight.copy_(weight)
            head.bias.copy_(bias)
    for name, part in student.factored.items():
        if name.endswith("_1"):
            features, truth = functional.avg_pool2d(features, 2), functional.avg_pool2d(truth.float(), 2)
        _fit(cast(Factored, part), features, teacher.features[name], truth)
        features, truth = part(features), wanted[name]


def _fit(part: Factored, features: Tensor, teacher: nn.Module, truth: Tensor) -> None:
    """Makes `part` of `features` as close as can be to `teacher` of `truth`, before the ReLU of both."""
    code = features
    if part.squeeze is not None:
        code = _squeeze(part.squeeze, features, _matrix(teacher))
    places = _places(code)
    patches = _patches(code, places)
    solved = least_squares(patches, _patches(truth, places) @ _matrix(teacher).T, RIDGE)
    weight, bias = (each.to(patches) for each in solved)
    fitted = patches @ weight.T
    mean = fitted.mean(0)
    axes = _leading_axes(second_moment((fitted - mean).T[None, :, :, None]), part.spread.out_channels)
    inner = axes.T @ weight
    scale = (patches @ inner.T).square().mean().rsqrt()  # so that what is in between has unit size
    _set(part.spread, scale * inner)
    _set(part.expand, axes / scale, bias + _bias(teacher) + mean - axes @ (axes.T @ mean))


def _squeeze(squeeze: nn.Conv2d, features: Tensor, weight: Tensor) -> Tensor:
    """Sets the 1 x 1 convolution `squeeze` to the principal axes of what `weight` makes of features; what comes out."""
    taps = weight.view(len(weight), -1, 9)
    metric = _root(torch.einsum("oik,ojk->ij", taps, taps))
    sample = vectors(features)[_places(features)]
    sample = sample - sample.mean(0)
    axes = _leading_axes(metric @ (sample.T @ sample) @ metric, squeeze.out_channels)
    found = axes.T @ metric
    code = functional.conv2d(features, found[:, :, None, None])
    scale = code.square().mean().rsqrt()
    _set(squeeze, scale * found)
    return code * scale


def _leading_axes(second: Tensor, count: int) -> Tensor:
    """The `count` principal axes of a second moment (C, C), as columns."""
    axes: Tensor = torch.linalg.eigh(second.double())[1]
    return axes[:, -count:].float()


def _root(second: Tensor) -> Tensor:
    values, axes = torch.linalg.eigh(second.double())
    root: Tensor = (axes * values.clamp_min(0).sqrt()) @ axes.T
    return root.to(second)


def _places(maps: Tensor) -> Tensor:
    """`PLACES` of a map's places, or all, as they are counted over pictures (B, C, H, W), always the same."""
    count = maps.shape[0] * maps.shape[2] * maps.shape[3]
    return torch.randperm(count, generator=torch.Generator().manual_seed(0))[:PLACES].to(maps.device)


def _patches(maps: Tensor, places: Tensor) -> Tensor:
    """What a 3 x 3 convolution sees at `places`, in the order of its weights, as rows (N, 9 C)."""
    height, width = maps.shape[2:]
    picture, row, column = places // (height * width), places // width % height, places % width
    around = functional.pad(maps.float(), (1, 1, 1, 1), "replicate")
    taps = [around[picture, :, row + down, column + across] for down in range(3) for across in range(3)]
    return torch.stack(taps, 2).flatten(1)


def _matrix(convolution: nn.Module) -> Tensor:
    return cast(Tensor, convolution.weight).float().flatten(1)


def _bias(convolution: nn.Module) -> Tensor:
    return cast(Tensor, convolution.bias).float()


def _set(convolution: nn.Conv2d, weight: Tensor, bias: Tensor | None = None) -> None:
    convolution.weight.copy_(weight.view_as(convolution.weight))
    if bias is not None:
        cast(Tensor, convolution.bias).copy_(bias)

"""`dead`: the share of an output's windows that have less texture than the style ever has at that brightness.

The texture of a window of 32 px, at a long side of 512 px, is the standard deviation of luma minus its Gaussian blur
(sigma 4 px: strokes). The floor at a brightness is the 1st percentile over those windows of the style whose mean luma
is nearest: all within 0.06, and at least 400 of them.
"""

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from benchmarks.judge.pictures import tensor

SIDE, SHORTEST, WINDOW = 512, 64, 32  # px
STRIDE, STYLE_STRIDE = 16, 4  # px between windows of the output, and of the style
SIGMA = 4.0  # px
NEAR, FEWEST, PERCENTILE = 0.06, 400, 1.0
LUMA = (0.299, 0.587, 0.114)


def dead(output: Image.Image, style: Image.Image) -> float:
    """The share, from 0 to 1."""
    brightness, texture = _windows(output, STRIDE)
    of_style = _windows(style, STYLE_STRIDE)
    return float((texture < _floor(brightness, *of_style)).mean())


def _windows(picture: Image.Image, stride: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Mean luma and texture of every window, in a row."""
    image = tensor(picture, SIDE, SHORTEST)
    luma = (image * torch.tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
    high = luma - _blurred(luma)
    mean = functional.avg_pool2d(luma, WINDOW, stride)
    squares, means = (functional.avg_pool2d(each, WINDOW, stride) for each in (high.square(), high))
    texture = (squares - means.square()).clamp_min(0).sqrt()
    return mean.flatten().numpy(), texture.flatten().numpy()


def _blurred(luma: Tensor) -> Tensor:
    reach = int(3 * SIGMA + 0.5)
    weights = torch.exp(-torch.arange(-reach, reach + 1.0).square() / (2 * SIGMA**2))
    weights /= weights.sum()
    padded = functional.pad(luma, (reach, reach, reach, reach), "reflect")
    return functional.conv2d(functional.conv2d(padded, weights.view(1, 1, 1, -1)), weights.view(1, 1, -1, 1))


def _floor(brightness: numpy.ndarray, style_brightness: numpy.ndarray, style_texture: numpy.ndarray) -> numpy.ndarray:
    """The least texture that counts as alive, at each brightness."""
    order = style_brightness.argsort()
    sorted_brightness, sorted_texture = style_brightness[order], style_texture[order]
    fewest = min(FEWEST, len(order))
    floors = []
    for level in brightness:
        first, last = numpy.searchsorted(sorted_brightness, (level - NEAR, level + NEAR))
        if last - first < fewest:
            middle = int(numpy.searchsorted(sorted_brightness, level))
            first = min(max(0, middle - fewest // 2), len(order) - fewest)
            last = first + fewest
        floors.append(numpy.percentile(sorted_texture[first:last], PERCENTILE))
    return numpy.array(floors)

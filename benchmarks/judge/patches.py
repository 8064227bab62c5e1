"""`style_patch`: the sliced Wasserstein distance between patches of pixels (Rabin et al. 2011), without any network.

7 x 7 px RGB patches are projected onto 128 random directions of length 1; along each, the distance is the mean
difference of 257 quantiles. It is the mean over directions and over long sides of 64, 128 and 256 px.
"""

from statistics import fmean

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from benchmarks.judge.pictures import tensor

SIDES = (64, 128, 256)  # px
PATCH, DIRECTIONS, QUANTILES = 7, 128, 257


def style_patch(output: Image.Image, style: Image.Image) -> float:
    """The distance, in units of a pixel's range; the directions are the same at every call."""
    generator, scores = torch.Generator().manual_seed(0), list[float]()
    for side in SIDES:
        filters = torch.randn(DIRECTIONS, 3, PATCH, PATCH, generator=generator)
        filters /= filters.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        found, wanted = (_quantiles(tensor(picture, side), filters) for picture in (output, style))
        scores.append(float((found - wanted).abs().mean()))
    return fmean(scores)


def _quantiles(image: Tensor, filters: Tensor) -> Tensor:
    projected = functional.conv2d(image, filters).flatten(2)[0].T
    return torch.quantile(projected, torch.linspace(0, 1, QUANTILES), dim=0)

"""`style_vgg`: the Gaussian Wasserstein-2 distance between the features of output and style.

    (|m - m*|^2 + tr C + tr C* - 2 tr (C*^1/2 C C*^1/2)^1/2) / tr C*

(Gelbrich 1990), the mean over relu1_1, relu2_1 and relu3_1 of VGG-19 and over long sides of 128, 256 and 512 px. Within
[0, 2] in practice; 0 where the moments are the style's.
"""

from statistics import fmean

import torch
from PIL import Image
from torch import Tensor

from benchmarks.judge.pictures import tensor
from benchmarks.judge.vgg19 import Vgg19

SIDES = (128, 256, 512)  # px
Moments = tuple[Tensor, Tensor]  # mean (C, 1) and covariance (C, C)


def style_vgg(network: Vgg19, output: Image.Image, style: Image.Image) -> float:
    """The distance, relative to the variance of the style's features."""
    return fmean(
        wasserstein(moments(found), moments(wanted))
        for side in SIDES
        for found, wanted in zip(network(tensor(output, side)), network(tensor(style, side)), strict=True)
    )


def moments(features: Tensor) -> Moments:
    """Those of a feature map (1, C, H, W), in float64."""
    places = features.flatten(2)[0].double()
    mean = places.mean(1, keepdim=True)
    centred = places - mean
    return mean, centred @ centred.T / places.shape[1]


def wasserstein(found: Moments, wanted: Moments) -> float:
    """The squared distance of two Gaussians, relative to the variance of the wanted one."""
    (mean, covariance), (wanted_mean, wanted_covariance) = found, wanted
    values, vectors = torch.linalg.eigh(wanted_covariance)
    root = (vectors * values.clamp_min(0).sqrt()) @ vectors.T
    cross = torch.linalg.eigvalsh(root @ covariance @ root).clamp_min(0).sqrt().sum()
    spread = wanted_covariance.trace()
    squared = (mean - wanted_mean).square().sum() + covariance.trace() + spread - 2 * cross
    return float(squared / spread)

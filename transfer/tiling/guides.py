"""Masks as tensors: how much each place of a picture, or of its features, belongs to each label."""

from collections.abc import Container

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

FEWEST_PLACES = 4.0  # of a feature map: a region with less has no statistics there


def guides(mask: Image.Image, labels: list[int], size: tuple[int, int], everywhere: Container[int] = ()) -> Tensor:
    """The shares (L, H, W) of `labels` at every pixel of `mask` brought to (width, height), as bytes: 255 is all.

    Labels that are `everywhere` have all of every pixel, beside the others.
    """
    values = numpy.asarray(mask)
    shares = []
    for label in labels:
        is_there = (values == label) | (label in everywhere)
        inside = Image.fromarray(numpy.where(is_there, 255, 0).astype(numpy.uint8), "L")
        shares.append(numpy.array(inside.resize(size, Image.Resampling.BOX)))
    return torch.from_numpy(numpy.stack(shares))


def at_stride(guide: Tensor, stride: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """The shares (L, h, w), from 0 to 1, at the places of features of `stride`, of a guide (L, H, W) in bytes."""
    return functional.avg_pool2d(guide.to(dtype) / 255, stride)

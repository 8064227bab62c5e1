"""Masks as tensors: how much each place of a picture, or of its features, belongs to each label."""

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

FEWEST_PLACES = 4.0  # of a feature map: a region with less has no statistics there


def guides(mask: Image.Image, labels: list[int], size: tuple[int, int]) -> Tensor:
    """The shares (L, H, W) of `labels` at every pixel of `mask` brought to (width, height); they sum to at most 1."""
    values = numpy.asarray(mask)
    shares = []
    for label in labels:
        inside = Image.fromarray(numpy.where(values == label, 255, 0).astype(numpy.uint8), "L")
        shares.append(numpy.array(inside.resize(size, Image.Resampling.BOX)))
    return torch.from_numpy(numpy.stack(shares)).float() / 255


def at(features: Tensor, guide: Tensor) -> list[Tensor | None]:
    """Each label's share (h, w) at the places of `features` (1, C, h, w); None for a label with too few places."""
    shares = functional.adaptive_avg_pool2d(guide[None], (features.shape[2], features.shape[3]))[0]
    return [share if float(share.sum()) >= FEWEST_PLACES else None for share in shares]

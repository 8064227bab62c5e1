"""Parts of pictures that wrap, and resizing them: what lies beyond a side is what lies at the opposite one."""

import math
from collections.abc import Callable

import numpy
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from transfer import images
from transfer.tiling.wrap import Wrap

LANCZOS = 3  # pixels of the smaller picture, as far as that filter goes
Resize = Callable[[Tensor, tuple[int, int]], Tensor]  # an image to (height, width)


def along(maps: Tensor, axis: int, first: int, last: int) -> Tensor:
    """The places from `first` to `last` (exclusive) along an axis of maps; a view where none lies beyond a side."""
    length = maps.shape[axis]
    if first >= 0 and last <= length:
        return maps.narrow(axis, first, last - first)
    return maps.index_select(axis, torch.arange(first, last, device=maps.device) % length)


def part_of(maps: Tensor, rows: slice, columns: slice) -> Tensor:
    """The same of maps (..., H, W) along both axes, without a copy of more than what is asked for."""
    height, width = maps.shape[-2:]
    if rows.start >= 0 and rows.stop <= height and columns.start >= 0 and columns.stop <= width:
        return maps[..., rows, columns]
    down, across = (
        torch.arange(each.start, each.stop, device=maps.device) % length
        for each, length in ((rows, height), (columns, width))
    )
    return maps[..., down[:, None], across]


def resized(image: Tensor, size: tuple[int, int], resize: Resize, wrap: Wrap, reach: int = 3) -> Tensor:
    """`resize(image, size)` of an image (1, C, H, W), where it wraps as a part of an endless one.

    `reach` is how far the filter of `resize` goes, in pixels of the smaller of the two. Beyond a side as much is
    added as becomes a whole number of pixels, so that those of the result fall where they would without.
    """
    if not wrap:
        return resize(image, size)
    beyond, grown, inner = [], [], []
    for axis, to in ((-2, size[0]), (-1, size[1])):
        side = image.shape[axis]
        parts = math.gcd(side, to)  # a `parts`-th of a side is a whole number of pixels before and after
        count = math.ceil(reach * parts / min(side, to)) if wrap.along(axis) else 0
        beyond.append(count * (side // parts))
        grown.append(to + 2 * count * (to // parts))
        inner.append(count * (to // parts))
    (above, before), (top, left) = beyond, inner
    found = resize(_repeated(image, above, before), (grown[0], grown[1]))
    return found[..., top : top + size[0], left : left + size[1]]


def enlarged(image: Tensor, size: tuple[int, int], wrap: Wrap) -> Tensor:
    """`transfer.images.enlarged` to (height, width), where it wraps as a part of an endless image."""
    return resized(image, size, lambda given, to: images.enlarged(given, to[::-1]), wrap)


def scaled(picture: Image.Image, size: tuple[int, int], wrap: Wrap) -> Image.Image:
    """An RGB picture at (width, height), where it wraps as a part of an endless one."""
    if picture.size == size:
        return picture
    if not wrap:
        return picture.resize(size, Image.Resampling.LANCZOS)
    before, above = (
        math.ceil(LANCZOS * max(1.0, side / to)) + 1 if wraps else 0
        for side, to, wraps in zip(picture.size, size, (wrap.x, wrap.y), strict=True)
    )
    beyond = Image.fromarray(numpy.pad(numpy.asarray(picture), ((above, above), (before, before), (0, 0)), "wrap"))
    box = (before, above, before + picture.width, above + picture.height)
    return beyond.resize(size, Image.Resampling.LANCZOS, box)


def _repeated(image: Tensor, above: int, before: int) -> Tensor:
    height, width = image.shape[2:]
    if above <= height and before <= width:  # torch pads by no more than a picture has
        return functional.pad(image, (before, before, above, above), "circular")
    return along(along(image, 2, -above, height + above), 3, -before, width + before)

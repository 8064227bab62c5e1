"""Patch distributions brought back at several sizes at once.

What is done at a size changes smaller ones too: patches that find their nearest there move coasts, and these add up on
the way. So distributions are moved at each octave below as well, smallest first, and the difference is enlarged.
"""

from collections.abc import Generator

import torch
from torch import Tensor
from torch.nn import functional

from transfer.variation.source import Source
from transfer.variation.transport import Directions

LEAST_PATCHES = 4  # along the shorter side of the smallest size


class Balance:
    """The source at its own size, and at each octave below."""

    def __init__(self, source: Source) -> None:
        self.sources = [source]
        while min(self.sources[0].image.shape[2:]) >= 2 * LEAST_PATCHES * source.side:
            self.sources.insert(0, Source(_halved(self.sources[0].image), source.side))

    def balanced(
        self, image: Tensor, count: int, share: float, generator: torch.Generator
    ) -> Generator[None, None, tuple[Tensor, float]]:
        """`image` (1, 3, H, W) moved by `share` of the way along `count` random directions at each size, and the mean
        distance along one of them before, at its own. Pauses now and then."""
        sizes = [image]
        while len(sizes) < len(self.sources) and min(image.shape[2:]) >= 2 ** len(sizes) * 2 * self.sources[0].side:
            sizes.insert(0, _halved(sizes[0]))
        carried, distance = torch.zeros_like(sizes[0]), 0.0
        for source, own in zip(self.sources[-len(sizes) :], sizes, strict=True):
            carried = functional.interpolate(carried, own.shape[2:], mode="bicubic", align_corners=False)
            moving = Directions(source, count, generator).transported(own + carried, share)
            moved, distance = yield from moving
            carried = moved - own
        return image + carried, distance


def _halved(image: Tensor) -> Tensor:
    """The image at half its size, without what is too fine for that."""
    size = tuple(round(side / 2) for side in image.shape[2:])
    return functional.interpolate(image, size, mode="bicubic", antialias=True, align_corners=False)

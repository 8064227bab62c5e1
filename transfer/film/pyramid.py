"""A frame on all sizes of an instant picture, painted by what the frames of its shot have in common.

Moments of features are pooled over frames of the whole shot. So one map moves the features of all of them: taken from
each frame alone, it would change with whatever comes into view, and the film would flicker.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from transfer.engine.ladder import Rung
from transfer.instant.decoder import Folded
from transfer.instant.metric import BACKBONE, LAYERS
from transfer.instant.passing import Pass
from transfer.tiling.grid import grid
from transfer.tiling.tiles import GuidedImage, Statistics, View

Size = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """One size of a pyramid: the pass there, what it starts from besides the content, and the largest tile."""

    rung: Rung
    size: Size
    passing: Pass
    noise: Tensor | None
    tile_pixels: int

    def statistics(self, starts: Iterator[Tensor]) -> Statistics:
        """The moments of pictures (1, 3, H, W), added up."""
        field, found = BACKBONE.field(LAYERS), Statistics(BACKBONE, LAYERS)
        for start in starts:
            picture = GuidedImage(start)
            for tile in grid(self.size, field.stride, field.feature_margin, self.tile_pixels).tiles:
                found.add(View(self.passing.network, picture, tile))
        return found

    def painted(self, start: Tensor, entries: Folded) -> Tensor:
        """What becomes of a picture (1, 3, H, W): one in [0, 1]."""
        into = torch.empty_like(start)
        self.passing.decoded(GuidedImage(start), entries, into, self.tile_pixels)
        return into


@dataclass(frozen=True)
class Pyramid:
    """The levels of a shot, lowest first, with the maps that all its frames share."""

    levels: tuple[Level, ...]
    entries: tuple[Folded, ...]

    @classmethod
    def of(cls, levels: Sequence[Level], samples: Sequence[Tensor]) -> Generator[None, None, "Pyramid"]:
        """For frames like these samples (1, 3, H, W), in [0, 1]; pauses after each level."""
        contents = [pyramid(sample, [level.size for level in levels]) for sample in samples]
        painted: list[Tensor | None] = [None] * len(samples)
        entries = list[Folded]()
        for number, level in enumerate(levels):
            starts = [start(each, number, below, level.noise) for each, below in zip(contents, painted, strict=True)]
            found = level.statistics(iter(starts))
            entries.append(level.passing.entries({layer: found.moments(layer) for layer in LAYERS}))
            if level is not levels[-1]:
                painted = [level.painted(each, entries[-1]) for each in starts]
            yield
        return cls(tuple(levels), tuple(entries))

    def painted(self, frame: Tensor) -> Tensor:
        """What becomes of a frame (1, 3, H, W) of the shot: one in [0, 1]."""
        contents, image = pyramid(frame, [level.size for level in self.levels]), None
        for number, (level, entries) in enumerate(zip(self.levels, self.entries, strict=True)):
            image = level.painted(start(contents, number, image, level.noise), entries)
        if image is None:
            raise ValueError("a pyramid has at least one level")
        return image


def pyramid(frame: Tensor, sizes: Sequence[Size]) -> list[Tensor]:
    """A frame (1, 3, H, W) at these sizes, rising up to its own: each is the next one scaled down."""
    found = [frame]
    for smaller, _ in reversed(list(pairwise(sizes))):
        found.append(
            functional.interpolate(found[-1], smaller[::-1], mode="bilinear", antialias=True, align_corners=False)
        )
    return found[::-1]


def start(contents: Sequence[Tensor], number: int, below: Tensor | None, noise: Tensor | None) -> Tensor:
    """What the pass is over at a level: the content, with the lower frequencies of what is painted below, and noise.

    Values may leave [0, 1]. It is a new tensor.
    """
    content = contents[number].clone()
    if below is not None:
        lower = below - contents[number - 1]
        content += functional.interpolate(lower, content.shape[2:], mode="bilinear", align_corners=False)
    if noise is not None:
        content += noise
    return content

"""The iterations at one size that move distributions onto the picture's, at that size and at the octaves below.

Patches of one size alone lose sight of what is larger: size after size, large parts drift away from how often the
picture has them. So distributions at the octaves below are moved too, as long as there is time left to mend what that
does to the finest.

At its own size a pixel goes as far as its patches say on average. At octaves below, it goes as far as the gradient
says: along the border, where it belongs to fewer patches, less far. For the patches of a small octave count a wide
border less than finer ones do. If all pixels went equally far, one size would ask for more land everywhere and the
other for less everywhere, and both would stand still. So land grows inside, and gives way along the border.
"""

import math
from collections.abc import Generator

import torch
from torch import Tensor
from torch.nn import functional

from transfer.variation.recipe import VariationRecipe
from transfer.variation.source import Source, overlaps
from transfer.variation.transport import Directions

MOMENTUM = 0.5  # chosen: what of the last step is done again (Polyak 1964); as good as twice the iterations
# Chosen: in the last part of the iterations, steps have no momentum and go ever shorter ways, so that what random
# directions shake rests; octaves below rest as well.
RESTING = 0.3
SHORTEST = 0.1
OCTAVES = 3  # chosen: below the size
LEAST = 0.7  # of the first size: what is smaller is no octave below


class Balance:
    """Moves distributions at one size. `first` is the long side of the first size, in pixels."""

    def __init__(self, source: Source, recipe: VariationRecipe, first: int) -> None:
        self.source, self.recipe = source, recipe
        sizes = ([round(side / 2**octave) for side in source.image.shape[2:]] for octave in range(OCTAVES, 0, -1))
        self.below = [
            Source(_resized(source.image, size), source.side)
            for size in sizes
            if max(size) >= LEAST * first and min(size) > source.side
        ]

    def moved(
        self, image: Tensor, velocity: Tensor | None, left: float, whole: float, drawn: torch.Generator
    ) -> Generator[None, None, tuple[Tensor, Tensor, float]]:
        """An image (1, 3, H, W) after an iteration of which `left` of `whole` are left, the way that it went at its own
        size, and how far distributions were apart before. `velocity` is the way of the last one. Pauses now and then.
        """
        at_rest = RESTING * whole
        if left > at_rest:
            share = min(1.0, 1.5 * (left - at_rest) / (whole - at_rest))
            for source in self.below:
                image = yield from self._moved_below(image, source, share, drawn)
        directions = Directions(self.source, self.recipe.num_projections, drawn)
        share = min(1.0, max(SHORTEST, left / math.ceil(at_rest)))
        found, distance = yield from directions.transported(image, share)
        step = found.sub_(image)
        if velocity is not None and left > at_rest:
            step += MOMENTUM * velocity
        return image + step, step, distance

    def _moved_below(
        self, image: Tensor, source: Source, share: float, drawn: torch.Generator
    ) -> Generator[None, None, Tensor]:
        sides = zip(image.shape[2:], source.image.shape[2:], self.source.image.shape[2:], strict=True)
        height, width = (round(side * small / large) for side, small, large in sides)
        if min(height, width) <= source.side:
            return image
        small = _resized(image, (height, width))
        moved, _ = yield from Directions(source, self.recipe.num_projections, drawn).transported(small, share)
        step = moved.sub_(small).mul_(overlaps(small, source.side) / source.side**2)
        return image + functional.interpolate(step, image.shape[2:], mode="bicubic", align_corners=False)


def _resized(image: Tensor, size: tuple[int, int] | list[int]) -> Tensor:
    return functional.interpolate(image, tuple(size), mode="bicubic", antialias=True, align_corners=False)

"""The iterations at one size that move distributions onto the picture's, at that size and at the octaves below.

Patches of one size alone lose sight of what is larger: size after size, large parts drift away from how often the
picture has them. So distributions at half and at a quarter of the size are moved too, for as long as there is time left
to mend what that does to the finest.
"""

import math
from collections.abc import Generator

import torch
from torch import Tensor
from torch.nn import functional

from transfer.variation.recipe import VariationRecipe
from transfer.variation.source import Source
from transfer.variation.transport import Directions

MOMENTUM = 0.5  # chosen: what of the last step is done again (Polyak 1964); as good as twice the iterations
# Chosen: in the last part of the iterations, steps have no momentum and go ever shorter ways, so that what random
# directions shake rests; octaves below rest as well.
RESTING = 0.3
SHORTEST = 0.1
OCTAVES = 2  # chosen: below the size
LEAST = 0.7  # of the first size: what is smaller is no octave below


class Balance:
    """Moves distributions at one size. `first` is the long side of the first size, in pixels."""

    def __init__(self, source: Source, recipe: VariationRecipe, first: int) -> None:
        self.source, self.recipe = source, recipe
        sizes = ([round(side / 2**octave) for side in source.image.shape[2:]] for octave in range(1, OCTAVES + 1))
        self.below = [
            Source(_resized(source.image, size), source.side)
            for size in sizes
            if max(size) >= LEAST * first and min(size) > source.side
        ]

    def before_matches(
        self, image: Tensor, velocity: Tensor | None, left: float, whole: float, drawn: torch.Generator
    ) -> Generator[None, None, tuple[Tensor, Tensor, float]]:
        """See `moved`, of an iteration before patches find their nearest: octaves below count too."""
        share = min(1.0, 1.5 * (left / whole - RESTING) / (1 - RESTING))
        for source in self.below if share > 0 else ():
            height, width = (
                round(side * small / large)
                for side, small, large in zip(
                    image.shape[2:], source.image.shape[2:], self.source.image.shape[2:], strict=True
                )
            )
            if min(height, width) <= source.side:
                continue
            small = _resized(image, (height, width))
            moved, _ = yield from Directions(source, self.recipe.num_projections, drawn).transported(small, share)
            apart = functional.interpolate(moved - small, image.shape[2:], mode="bicubic", align_corners=False)
            image = image + apart
        return (yield from self.moved(image, velocity, left, whole, drawn))

    def moved(
        self, image: Tensor, velocity: Tensor | None, left: float, whole: float, drawn: torch.Generator
    ) -> Generator[None, None, tuple[Tensor, Tensor, float]]:
        """An image (1, 3, H, W) after an iteration of which `left` of `whole` are left, the way that it went, and how
        far distributions were apart before. Pauses now and then."""
        share = min(1.0, max(SHORTEST, left / math.ceil(whole * RESTING)))
        directions = Directions(self.source, self.recipe.num_projections, drawn)
        found, distance = yield from directions.transported(image, share)
        step = found - image
        if velocity is not None and left > whole * RESTING:
            step += MOMENTUM * velocity
        return image + step, step, distance


def _resized(image: Tensor, size: tuple[int, int] | list[int]) -> Tensor:
    return functional.interpolate(image, tuple(size), mode="bicubic", antialias=True, align_corners=False)

"""The rungs that a render climbs, and how much is done on each.

Long sides are 128 * sqrt(2)^k. What happens on a rung depends on the recipe and the rung alone, never on
how high the render will climb, so a small render is exactly an early stage of a large one. An
`image_size` between two rungs is reached from the rung below it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from transfer.recipes.style import StyleRecipe

LOWEST = 128
SHORTEST, SHORTEST_STYLE = 16, 32
LARGEST_STYLE = 4_000_000
PREVIEW, COMPOSED = 256, 512
CONTENT_ABOVE, CLOSEST = 0.2, 1.5
ITERATION_DECAY = 0.58
FEWEST_ITERATIONS = 16
RATE_DECAY = 0.8
LOWEST_RATE_FACTOR = 0.4
OVERHEAD_PIXELS = 24_000  # what an iteration costs besides its pixels, counted in pixels


@dataclass(frozen=True)
class Rung:
    """One size of the ladder. `index` counts from 0; `long_side` is in pixels.

    Above `COMPOSED` px the content has had its say (`content_part`), and the style is seen closer to its own
    size (`style_part`): what is added is brushwork.
    """

    index: int
    long_side: int
    iterations: int
    learning_rate: float

    @property
    def content_part(self) -> float:
        """What is left of the content's weight."""
        return 1.0 if self.long_side <= COMPOSED else CONTENT_ABOVE

    @property
    def style_part(self) -> float:
        """The size of the style relative to the rung: 1, then growing to `CLOSEST` within an octave."""
        octaves = max(0.0, math.log2(self.long_side / COMPOSED))
        return min(CLOSEST, float(CLOSEST**octaves))


def rungs(recipe: StyleRecipe) -> tuple[Rung, ...]:
    """The rungs of a render, lowest first; the last has a long side of `recipe.image_size`."""
    sides: list[int] = []
    while (side := round(LOWEST * 2 ** (len(sides) / 2))) < recipe.image_size:
        sides.append(side)
    sides.append(recipe.image_size)
    return tuple(
        Rung(
            index=index,
            long_side=side,
            iterations=_iterations(recipe, index),
            learning_rate=recipe.learning_rate * max(LOWEST_RATE_FACTOR, RATE_DECAY**index),
        )
        for index, side in enumerate(sides)
    )


def _iterations(recipe: StyleRecipe, index: int) -> int:
    fewest = min(FEWEST_ITERATIONS, recipe.num_iterations)
    return max(fewest, round(recipe.num_iterations * ITERATION_DECAY**index))


def fit(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    """(width, height) scaled to a long side of `long_side`; both are at least the stride of VGG-19's deepest layer."""
    scale = long_side / max(size)
    width, height = (max(SHORTEST, round(side * scale)) for side in size)
    return width, height


def style_size(size: tuple[int, int], recipe: StyleRecipe, rung: Rung) -> tuple[int, int]:
    """The (width, height) at which a rung sees a style of `size`.

    It grows with the rung times `style_scale` and the rung's `style_part`, but not beyond the style's own pixels nor
    `LARGEST_STYLE` pixels, and its short side has at least 32 px, so that there is a texture to take.
    """
    long_side = min(max(size), rung.long_side * rung.style_part * recipe.style_scale)
    long_side = min(long_side, max(size) * (LARGEST_STYLE / (size[0] * size[1])) ** 0.5)
    return fit(size, round(max(long_side, SHORTEST_STYLE * max(size) / min(size))))


def work(rung: Rung, size: tuple[int, int], iterations: int | None = None) -> int:
    """The cost of `iterations` (all by default) on a rung at (width, height), in pixels visited."""
    count = rung.iterations if iterations is None else iterations
    return count * (OVERHEAD_PIXELS + size[0] * size[1])


def total_work(climb: Iterable[Rung], size: tuple[int, int]) -> int:
    """The cost of a whole climb for a content picture of `size`."""
    return sum(work(rung, fit(size, rung.long_side)) for rung in climb)

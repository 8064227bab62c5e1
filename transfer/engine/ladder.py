"""The rungs that a render climbs, and how much is done on each.

Long sides are 128 * sqrt(2)^k. What happens on a rung depends on the recipe and the rung alone, never on
how high the render will climb, so a small render is exactly an early stage of a large one. An
`image_size` between two rungs is reached from the rung below it.

The numbers below were chosen, not derived: by how renders score (docs/benchmarks/style.md), and how long they take.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from transfer.errors import CheckpointError
from transfer.recipes.climbing import Climbing

LOWEST = 128  # px
SHORTEST = 16  # px: the stride of VGG-19's deepest layer, so that each layer has a place
PREVIEW = 256  # px: the rung whose picture all higher ones hold on to
ITERATION_DECAY = 0.58  # of the iterations are left on the next rung, which has twice the pixels
FEWEST_ITERATIONS = 16
RATE_DECAY = 0.8  # of the learning rate is left on the next rung
LOWEST_RATE_FACTOR = 0.4  # of the learning rate is left on every rung
OVERHEAD_PIXELS = 24_000  # what an iteration costs besides its pixels, counted in pixels


@dataclass(frozen=True)
class Rung:
    """One size of the ladder. `index` counts from 0; `long_side` is in pixels; `learning_rate` is Adam's."""

    index: int
    long_side: int
    iterations: int
    learning_rate: float


def sides(last: int, lowest: int = LOWEST, to_a_doubling: int = 2, first: int = 0) -> list[int]:
    """Long sides in px, lowest first: `lowest` * 2^(k / `to_a_doubling`) from k = `first` up to `last`, and that."""
    found = []
    for step in itertools.count(first):
        if (side := round(lowest * 2 ** (step / to_a_doubling))) >= last:
            break
        found.append(side)
    return [*found, last]


def rungs(recipe: Climbing) -> tuple[Rung, ...]:
    """The rungs of a render, lowest first; the last has a long side of `recipe.image_size`."""
    return tuple(
        Rung(
            index=index,
            long_side=side,
            iterations=_iterations(recipe, index),
            learning_rate=recipe.learning_rate * max(LOWEST_RATE_FACTOR, RATE_DECAY**index),
        )
        for index, side in enumerate(sides(recipe.image_size))
    )


def index_of(climb: Sequence[Rung], long_side: int) -> int:
    """The index of the rung of this long side; raises CheckpointError where there is none."""
    sides = [rung.long_side for rung in climb]
    if long_side not in sides:
        raise CheckpointError(f"The checkpoint stands at {long_side} px, where this render does not pass.")
    return sides.index(long_side)


def _iterations(recipe: Climbing, index: int) -> int:
    fewest = min(FEWEST_ITERATIONS, recipe.num_iterations)
    return max(fewest, round(recipe.num_iterations * ITERATION_DECAY**index))


def fit(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    """(width, height) scaled to a long side of `long_side`; both are at least the stride of VGG-19's deepest layer."""
    scale = long_side / max(size)
    width, height = (max(SHORTEST, round(side * scale)) for side in size)
    return width, height


def work(rung: Rung, size: tuple[int, int], iterations: int | None = None) -> int:
    """The cost of `iterations` (all by default) on a rung at (width, height), in pixels visited."""
    count = rung.iterations if iterations is None else iterations
    return count * (OVERHEAD_PIXELS + size[0] * size[1])

"""What can be said of a generated picture before it is made."""

import math
from collections.abc import Sequence

from transfer.engine.ladder import Rung, fit
from transfer.errors import PlanError
from transfer.inputs import Role, Size, Sizes
from transfer.planning.planner import PROCESS, Plan, RungPlan
from transfer.synthesis.generators import generator_of
from transfer.synthesis.recipes.base import MadeRecipe, SizedRecipe

PICTURE = 40  # bytes a pixel for the picture in floating point and its file


def size(recipe: MadeRecipe, sizes: Sizes) -> Size:
    """(width, height) in pixels: as the recipe says, or in the shape of the map that it is made of."""
    return recipe.size if isinstance(recipe, SizedRecipe) else fit(sizes[Role.CONTENT][0], recipe.image_size)


def rungs(recipe: MadeRecipe) -> tuple[Rung, ...]:
    """One, with one iteration."""
    return (Rung(index=0, long_side=recipe.image_size, iterations=1, learning_rate=0.0),)


def plan(recipe: MadeRecipe, sizes: Sizes, width: int, memory: int | None, speed: object) -> Plan:
    """Raises PlanError where `memory` is too small."""
    needed = least_memory(recipe, sizes, width)
    if memory is not None and memory < needed:
        raise PlanError(
            f"This needs {needed / 2**30:.1f} GiB of memory, and {memory / 2**30:.1f} GiB may be used: make it smaller."
        )
    generator = generator_of(recipe)
    seconds = generator.seconds + generator.seconds_a_megapixel * math.prod(size(recipe, sizes)) / 1e6
    return Plan(
        (RungPlan(size=size(recipe, sizes), iterations=1, tiles=1, overdraw=1.0, memory=needed, seconds=seconds),)
    )


def least_memory(recipe: MadeRecipe, sizes: Sizes, width: int) -> int:
    """The bytes that it takes."""
    return PROCESS + math.prod(size(recipe, sizes)) * (generator_of(recipe).bytes_a_pixel + PICTURE)


def advice(recipe: MadeRecipe, pictures: object) -> Sequence[str]:
    """None."""
    return []

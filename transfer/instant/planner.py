"""What can be said of an instant picture before it is made. Free of torch."""

from collections.abc import Mapping, Sequence

from transfer.engine.ladder import Rung
from transfer.inputs import Role, Size, Sizes
from transfer.instant.recipe import InstantRecipe
from transfer.planning.planner import Plan, Speed
from transfer.style import planner
from transfer.style.advice import PictureFacts


def size(recipe: InstantRecipe, sizes: Sizes) -> Size:
    """(width, height) of the picture in pixels: that of the content, scaled to `image_size`."""
    return planner.size(recipe.style, sizes)


def rungs(recipe: InstantRecipe) -> tuple[Rung, ...]:
    """The sizes of its pyramid."""
    return recipe.rungs


def plan(
    recipe: InstantRecipe, sizes: Sizes, width: int, memory: int | None = None, speed: Speed | None = None
) -> Plan:
    """Its needs: a pass takes less memory than an iteration of style transfer, and about as long.

    Raises PlanError where `memory` is too small.
    """
    return planner.plan(recipe.style, sizes, width, memory, speed, recipe.rungs)


def least_memory(recipe: InstantRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be made, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe.style, sizes, width)


def advice(recipe: InstantRecipe, pictures: Mapping[Role, Sequence[PictureFacts]]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return planner.advice(recipe.style, pictures)

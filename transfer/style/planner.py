"""What can be said of a style transfer before it starts. Free of torch."""

from collections.abc import Mapping, Sequence

from transfer.engine.ladder import fit, rungs
from transfer.inputs import Role
from transfer.planning import planner
from transfer.planning.planner import Plan, Speed
from transfer.recipes.style import StyleRecipe
from transfer.style import advice as sentences
from transfer.style.advice import Seen

__all__ = ["advice", "least_memory", "plan", "rungs", "size"]
Size = tuple[int, int]


def size(recipe: StyleRecipe, sizes: Mapping[Role, Sequence[Size]]) -> Size:
    """(width, height) of the picture in pixels: that of the content, scaled to `image_size`."""
    return fit(sizes[Role.CONTENT][0], recipe.image_size)


def plan(
    recipe: StyleRecipe,
    sizes: Mapping[Role, Sequence[Size]],
    width: int,
    memory: int | None = None,
    speed: Speed | None = None,
) -> Plan:
    """The needs of a render of pictures of these sizes, in pixels; see `transfer.planning.planner`."""
    return planner.plan(recipe, sizes[Role.CONTENT][0], sizes[Role.STYLE], width, memory, speed)


def least_memory(recipe: StyleRecipe, sizes: Mapping[Role, Sequence[Size]], width: int) -> int:
    """The bytes with which it can just be painted, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe, sizes[Role.CONTENT][0], width)


def advice(recipe: StyleRecipe, pictures: Mapping[Role, Sequence[Seen]]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return sentences.advice(recipe, pictures[Role.CONTENT][0], pictures[Role.STYLE])

"""What can be said of a style transfer before it starts. Free of torch."""

from collections.abc import Mapping, Sequence

from transfer.engine.ladder import Rung, rungs
from transfer.inputs import Role, Size, Sizes, content_in
from transfer.planning import planner
from transfer.planning.planner import Plan, Speed
from transfer.recipes.style import StyleRecipe
from transfer.style import advice as sentences
from transfer.style.advice import PictureFacts
from transfer.style.rungs import style_size

__all__ = ["advice", "least_memory", "plan", "rungs", "size"]


def size(recipe: StyleRecipe, sizes: Sizes) -> Size:
    """(width, height) of the picture in pixels: that of the content, scaled to `image_size`."""
    return planner.size(recipe, content_in(sizes), recipe.image_size)


def plan(
    recipe: StyleRecipe,
    sizes: Sizes,
    width: int,
    memory: int | None = None,
    speed: Speed | None = None,
    ladder: Sequence[Rung] | None = None,
) -> Plan:
    """The needs of a render of pictures of these sizes, in pixels; see `transfer.planning.planner`."""
    content, styles = content_in(sizes), sizes.get(Role.STYLE, ())

    def viewed(rung: Rung) -> list[Size]:
        return [style_size(style, recipe, rung) for style in styles]

    return planner.plan(recipe, content, viewed, width, memory, speed, ladder)


def least_memory(recipe: StyleRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be painted, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe, content_in(sizes), width)


def advice(recipe: StyleRecipe, pictures: Mapping[Role, Sequence[PictureFacts]]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return sentences.advice(recipe, pictures[Role.CONTENT][0], pictures[Role.STYLE])

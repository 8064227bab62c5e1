"""What can be said of a texture before it is made. Free of torch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transfer.engine.ladder import Rung
from transfer.inputs import Role, Size, Sizes
from transfer.planning import planner
from transfer.planning.planner import Plan, Speed
from transfer.style import advice as sentences
from transfer.style.rungs import style_size
from transfer.texture.recipe import TextureRecipe
from transfer.texture.rungs import rungs

if TYPE_CHECKING:
    from transfer.style.advice import PictureFacts

__all__ = ["advice", "least_memory", "plan", "rungs", "size"]


def size(recipe: TextureRecipe, sizes: Sizes) -> Size:
    """(width, height) in pixels: the recipe's shape, and where it wraps, whole steps of the network."""
    return planner.size(recipe, recipe.ratio, recipe.image_size)


def plan(
    recipe: TextureRecipe, sizes: Sizes, width: int, memory: int | None = None, speed: Speed | None = None
) -> Plan:
    """The needs of a texture of styles of these sizes; see `transfer.planning.planner`."""

    def viewed(rung: Rung) -> list[Size]:
        return [style_size(style, recipe, rung) for style in sizes.get(Role.STYLE, ())]

    return planner.plan(recipe, recipe.ratio, viewed, width, memory, speed, rungs(recipe))


def least_memory(recipe: TextureRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be painted, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe, recipe.ratio, width, rungs(recipe))


def advice(recipe: TextureRecipe, pictures: "Mapping[Role, Sequence[PictureFacts]]") -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    styles, found = pictures[Role.STYLE], list[str]()
    for name, style in zip(sentences.names_of(styles), styles, strict=True):
        found += sentences.about_size(recipe, name, style)
        if style.colours:
            found += sentences.about_plainness(name, style)
    return found

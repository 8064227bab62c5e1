"""The sizes that a texture goes through: the engine's ladder, and octaves below it. Free of torch.

A network sees 24 px at a time, or a few more. What is larger than that in the style can only come from a rung where it
is smaller; there is no content here to say where things are. So the first rung is as small as the network allows.
"""

from dataclasses import replace

from transfer.engine import ladder
from transfer.engine.ladder import LOWEST, SHORTEST, Rung
from transfer.features.registry import BACKBONES
from transfer.texture.recipe import TextureRecipe

PLACES = 8  # chosen: places of the deepest layer along the long side of the first rung, at least


def rungs(recipe: TextureRecipe) -> tuple[Rung, ...]:
    """Lowest first; the last has a long side of `recipe.image_size`."""
    stride = BACKBONES[recipe.backbone].field(recipe.layers).stride
    upper, sides = ladder.rungs(recipe), list[int]()
    least = max(PLACES * stride, SHORTEST * max(recipe.ratio) / min(recipe.ratio))
    side = LOWEST // 2
    while side >= least:
        if side < upper[0].long_side:
            sides.insert(0, side)
        side //= 2
    first = upper[0]
    lower = [replace(first, index=index, long_side=side) for index, side in enumerate(sides)]
    return (*lower, *(replace(rung, index=rung.index + len(lower)) for rung in upper))

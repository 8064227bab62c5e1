"""The sizes that a variation goes through, what is done at each, and how large the picture is there. Free of torch.

The sides are those of the engine's ladder, or lie evenly between them, and go on below 128 px: the layout is decided
where a patch covers a large part of the picture. What happens at a size depends on the picture, the recipe and that
size alone, so that a small variation shows what a large one will be.
"""

import math

from transfer.engine.ladder import LOWEST, Rung, fit, sides
from transfer.recipes.shapes import ratio_of
from transfer.variation.recipe import VariationRecipe

Size = tuple[int, int]  # width and height, in pixels
LEAST_PATCHES, MORE_PATCHES = 3.0, 7.0  # chosen: patches along the long side at the first size: fixed, and by variety
FEWEST = 6  # chosen: iterations at each size
MATCHES = {"both": 2, "nearest": 4, "distribution": 0}  # chosen: times that each patch finds its nearest, at each size
BALANCES = {"both": 12, "nearest": 0, "distribution": 0}  # chosen: iterations that bring distributions back after that


def rungs(recipe: VariationRecipe) -> tuple[Rung, ...]:
    """Lowest first; the last has a long side of `recipe.image_size`."""
    first = recipe.patch_size * (LEAST_PATCHES + MORE_PATCHES * recipe.variety) * math.sqrt(recipe.extent)
    step = round(math.log2(first / LOWEST) * recipe.pyramid)
    found = sides(recipe.image_size, to_a_doubling=recipe.pyramid, first=step)
    return tuple(Rung(index, side, sum(phases(recipe, side / found[0])), 0.0) for index, side in enumerate(found))


def phases(recipe: VariationRecipe, larger: float) -> tuple[int, int, int]:
    """What is done at a size that is so many times as large as the first: how often distributions are matched, how
    often each patch finds its nearest then, and how often distributions are matched once more."""
    matches, balances = MATCHES[recipe.method], min(BALANCES[recipe.method], recipe.num_iterations)
    fewest = min(FEWEST, recipe.num_iterations)
    return 0 if recipe.method == "nearest" else max(fewest, round(recipe.num_iterations / larger**2)), matches, balances


def size(recipe: VariationRecipe, picture: Size, long_side: int) -> Size:
    """(width, height) of the variation of a picture of this size, with this long side."""
    if recipe.shape == "same":
        return fit(picture, long_side)
    return fit(ratio_of(recipe.shape), long_side)


def source_size(recipe: VariationRecipe, picture: Size, made: Size) -> Size:
    """(width, height) to which the picture is scaled where the variation has the size `made`."""
    scale = math.sqrt(math.prod(made) / (math.prod(picture) * recipe.extent))
    width, height = (max(recipe.patch_size + 1, round(side * scale)) for side in picture)
    return width, height

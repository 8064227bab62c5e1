"""The five pictures that serve as styles where nobody has brought any yet, drawn by the project.

Their seeds and settings are those that were measured to paint well (docs/benchmarks/style.md, "Starter styles"). All
that offers them takes them from here.
"""

from collections.abc import Mapping

from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.ink import InkRecipe
from transfer.synthesis.recipes.oil import OilRecipe
from transfer.synthesis.recipes.pixels import PixelsRecipe
from transfer.synthesis.recipes.watercolour import WatercolourRecipe

STARTERS: Mapping[str, MadeRecipe] = {
    recipe.kind: recipe
    for recipe in (
        OilRecipe(seed=2, scale=1.7),
        WatercolourRecipe(seed=1),
        InkRecipe(seed=2),
        GlassRecipe(seed=5, pieces=280),
        PixelsRecipe(seed=1),
    )
}

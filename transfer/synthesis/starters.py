"""The five pictures that serve as styles where nobody has brought any yet, drawn by the project."""

from collections.abc import Mapping

from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.ink import InkRecipe
from transfer.synthesis.recipes.oil import OilRecipe
from transfer.synthesis.recipes.pixels import PixelsRecipe
from transfer.synthesis.recipes.watercolour import WatercolourRecipe

STARTERS: Mapping[str, MadeRecipe] = {
    "Oil strokes": OilRecipe(seed=2, scale=1.7),
    "Watercolour": WatercolourRecipe(seed=1),
    "Ink map on paper": InkRecipe(seed=2),
    "Stained glass": GlassRecipe(seed=5, pieces=280),
    "Pixel art": PixelsRecipe(seed=1),
}

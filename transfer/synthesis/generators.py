"""The generators by name. To add one, write a module with a recipe and a `make`, and add a line here.

`GENERATORS` need nothing but a recipe. `OWN_MAP` needs somebody's map too.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transfer.inputs import Input
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.base import MadeRecipe
from transfer.synthesis.recipes.boards import BlocksRecipe, HexagonsRecipe
from transfer.synthesis.recipes.city import CityRecipe
from transfer.synthesis.recipes.clouds import CloudsRecipe
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.flow import FlowRecipe
from transfer.synthesis.recipes.glass import GlassRecipe
from transfer.synthesis.recipes.heightmap import HeightmapRecipe
from transfer.synthesis.recipes.ink import InkRecipe
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe
from transfer.synthesis.recipes.oil import OilRecipe
from transfer.synthesis.recipes.own_map import OwnMapRecipe
from transfer.synthesis.recipes.pixels import PixelsRecipe
from transfer.synthesis.recipes.watercolour import WatercolourRecipe

Make = Callable[..., Making[Made]]


@dataclass(frozen=True)
class Generator:
    """A generator of pictures.

    `module` has a function `make(recipe)`, loaded where something is made; it is `make(recipe, given)` of one that
    `takes_map`. It takes about `seconds` and `seconds_a_megapixel` beside, and `bytes_a_pixel` of memory. What is seen
    while a preview is made is `quick` px large, and made by the module's function `sketch`, which may leave out what
    takes long.
    """

    title: str
    recipe: type[MadeRecipe]
    module: str
    seconds: float
    seconds_a_megapixel: float
    bytes_a_pixel: int
    takes_map: bool = False
    quick: int = 64
    sketch: str = "make"

    @property
    def name(self) -> str:
        """As commands, forms and links name it."""
        return self.recipe.kind

    def make(self, recipe: MadeRecipe, given: Input | None = None) -> Making[Made]:
        """Makes what the recipe asks for, out of the map that is given where it takes one, yielding what part is done.

        Raises PictureError, at the first step, where that map cannot be used.
        """
        return self._called("make", recipe, given)

    def sketched(self, recipe: MadeRecipe, given: Input | None = None) -> Making[Made]:
        """What can be seen of it soon, `quick` px large at most. Raises PictureError as `make` does."""
        return self._called(self.sketch, recipe.with_changes(image_size=min(self.quick, recipe.image_size)), given)

    def _called(self, name: str, recipe: MadeRecipe, given: Input | None) -> Making[Made]:
        make: Make = pkgutil.resolve_name(f"{self.module}:{name}")
        return make(recipe, given) if self.takes_map else make(recipe)


GENERATORS: Mapping[str, Generator] = {
    each.name: each
    for each in (
        Generator("World", WorldRecipe, "transfer.synthesis.land.world", 0.6, 1.0, 80),
        Generator("Island", IslandRecipe, "transfer.synthesis.land.island", 0.3, 1.0, 80),
        Generator("Hexagon map", HexagonsRecipe, "transfer.synthesis.boards.hexagons", 0.4, 0.4, 30, sketch="sketch"),
        Generator("Block map", BlocksRecipe, "transfer.synthesis.boards.blocks", 0.3, 0.2, 30),
        Generator("Heightmap", HeightmapRecipe, "transfer.synthesis.patterns.heightmap", 0.25, 0.25, 80),
        Generator("Clouds", CloudsRecipe, "transfer.synthesis.patterns.clouds", 0.02, 0.35, 60),
        Generator("City", CityRecipe, "transfer.synthesis.city.make", 0.45, 0.35, 60, quick=128, sketch="sketch"),
        Generator("Stained glass", GlassRecipe, "transfer.synthesis.patterns.glass", 0.1, 0.75, 80, quick=160),
        Generator("Flow field", FlowRecipe, "transfer.synthesis.patterns.flow", 0.35, 0.25, 60),
        Generator("Earth", EarthRecipe, "transfer.synthesis.earth.make", 1.0, 0.3, 60),
        Generator("Oil strokes", OilRecipe, "transfer.synthesis.styles.oil", 0.8, 1.2, 70),
        Generator("Watercolour", WatercolourRecipe, "transfer.synthesis.styles.watercolour", 0.05, 2.0, 95),
        Generator(
            "Ink on paper", InkRecipe, "transfer.synthesis.styles.ink", 0.3, 0.8, 120, quick=128, sketch="sketch"
        ),
        Generator("Pixel art", PixelsRecipe, "transfer.synthesis.styles.pixels", 0.05, 0.05, 20),
    )
}
OWN_MAP = Generator("Your own map", OwnMapRecipe, "transfer.synthesis.land.own_map", 0.8, 1.2, 120, takes_map=True)


def generator_of(recipe: MadeRecipe) -> Generator:
    """The generator that a recipe belongs to."""
    return OWN_MAP if recipe.kind == OWN_MAP.name else GENERATORS[recipe.kind]

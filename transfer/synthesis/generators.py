"""The generators by name. To add one, write a module with a recipe and a `make`, and add a line here."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from transfer.synthesis.clouds import CloudsRecipe
from transfer.synthesis.ground_recipe import BlocksRecipe, HexagonsRecipe
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipe import MadeRecipe

Make = Callable[[Any], Making[Made]]


@dataclass(frozen=True)
class Generator:
    """A generator of pictures.

    `module` has a function `make(recipe)`, loaded where something is made. It takes about `seconds` and
    `seconds_a_megapixel` beside, and `bytes_a_pixel` of memory.
    """

    title: str
    recipe: type[MadeRecipe]
    module: str
    seconds: float
    seconds_a_megapixel: float
    bytes_a_pixel: int

    @property
    def name(self) -> str:
        """As commands, forms and links name it."""
        return self.recipe.kind

    def make(self, recipe: MadeRecipe) -> Making[Made]:
        """Makes what the recipe asks for, yielding now and then what part is done."""
        make: Make = pkgutil.resolve_name(f"{self.module}:make")
        return make(recipe)


GENERATORS: Mapping[str, Generator] = {
    each.name: each
    for each in (
        Generator("Clouds", CloudsRecipe, "transfer.synthesis.clouds", 0.02, 0.3, 60),
        Generator("Hexagon map", HexagonsRecipe, "transfer.synthesis.hexagons", 0.4, 0.4, 30),
        Generator("Block map", BlocksRecipe, "transfer.synthesis.blocks", 0.3, 0.2, 30),
    )
}


def generator_of(recipe: MadeRecipe) -> Generator:
    """The generator that a recipe belongs to."""
    return GENERATORS[recipe.kind]

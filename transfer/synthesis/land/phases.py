"""The making of land in phases, and which fields of a recipe count for which: what is small is remembered."""

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import Generic, TypeVar

from transfer.recipes.base import group_of
from transfer.synthesis.land.shaping import settled
from transfer.synthesis.land.valleys import Shaped, grids
from transfer.synthesis.made import Making
from transfer.synthesis.parts import part
from transfer.synthesis.recipes.land import CLIMATE, LandRecipe
from transfer.synthesis.remembered import Remembered
from transfer.synthesis.terrain import Terrain

Land = TypeVar("Land", bound=LandRecipe)
LANDS = 2  # of each phase are remembered
LARGEST = 384  # px: what is larger is made once, and would take tens of megabytes
SETTLED = ("rivers", "cities")  # what comes with the weather


class Phases(Generic[Land]):
    """Land whose shape, before there is any weather, `ground` makes; it `wraps` as its recipe says."""

    def __init__(self, ground: Callable[[Land], Making[Shaped]], wraps: Callable[[Land], bool]) -> None:
        self.ground, self.wraps = ground, wraps
        self.lands, self.grounds = Remembered[Terrain](LANDS), Remembered[Shaped](LANDS)

    def terrain(self, recipe: Land) -> Making[Terrain]:
        """The land that a recipe asks for, whatever its look."""
        making = self._settled(recipe)
        return (yield from (self.lands.made(on_its_own(recipe), making) if is_small(recipe) else making))

    def _settled(self, recipe: Land) -> Making[Terrain]:
        making = self.ground(recipe)
        key = ground_of(recipe), shape_of(recipe)
        found = yield from (self.grounds.made(key, making) if is_small(recipe) else making)
        seed, wraps = recipe.seed + 23, self.wraps(recipe)
        settling = settled(found, recipe.size, recipe.climate, recipe.ruggedness, seed, wraps)
        return (yield from part(settling, 0.3, 0.8))


def is_small(recipe: LandRecipe) -> bool:
    """Whether its phases may be remembered."""
    return recipe.image_size <= LARGEST


def on_its_own(recipe: Land) -> Land:
    """The recipe of the land alone: what it looks like does not count."""
    return _without(recipe, "look")


def ground_of(recipe: Land) -> Land:
    """The recipe of the land before there is any weather, but for its shape."""
    weather = [name for name, field in type(recipe).model_fields.items() if group_of(field) == CLIMATE]
    return _without(recipe, "look", "image_size", *SETTLED, *weather)


def shape_of(recipe: LandRecipe) -> Hashable:
    """What land before the weather depends on of its size: a sketch has the same as the picture that comes after it."""
    width, height = recipe.size
    return Fraction(width, height), tuple(grids(recipe.size))


def _without(recipe: Land, *names: str) -> Land:
    fields = type(recipe).model_fields
    return recipe.model_copy(update={name: fields[name].default for name in names})

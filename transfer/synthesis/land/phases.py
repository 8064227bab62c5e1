"""Which fields of a recipe of land count for which phase of its making."""

from typing import TypeVar

from transfer.recipes.base import group_of
from transfer.synthesis.recipes.land import CLIMATE, LandRecipe

Land = TypeVar("Land", bound=LandRecipe)
LANDS = 2  # of each phase are remembered
LARGEST = 384  # px: what is larger is made once, and would take tens of megabytes
SETTLED = ("rivers", "cities")  # what comes with the weather


def is_small(recipe: LandRecipe) -> bool:
    """Whether its phases may be remembered."""
    return recipe.image_size <= LARGEST


def on_its_own(recipe: Land) -> Land:
    """The recipe of the land alone: what it looks like does not count."""
    return _without(recipe, "look")


def ground_of(recipe: Land) -> Land:
    """The recipe of the land before there is any weather."""
    weather = [name for name, field in type(recipe).model_fields.items() if group_of(field) == CLIMATE]
    return _without(recipe, "look", *SETTLED, *weather)


def _without(recipe: Land, *names: str) -> Land:
    fields = type(recipe).model_fields
    return recipe.model_copy(update={name: fields[name].default for name in names})

"""Contents that go on at their opposite sides, as the map of a globe does: what is painted of them has no seam either.

The form follows such a content with the recipe's `wrap`, unless somebody asks for a `seam`.
"""

from collections.abc import Mapping
from typing import Any

from gallery.models import Picture, Render
from transfer.kinds import stored
from transfer.recipes.base import Recipe
from transfer.synthesis.recipes.base import MadeRecipe

NONE = "none"


def wrap_of(given: object) -> str:
    """Which sides of a picture or a finished render go on at the opposite ones, as a recipe's `wrap` names them.

    Of an upload that is not known; of a part of a picture, none do.
    """
    if isinstance(given, Picture):
        return _wrap_by(stored(given.made_by).recipe) if given.made_by else NONE
    return _wrap_by(given.recipe) if isinstance(given, Render) else NONE


def followed(recipe: Recipe, content: object) -> Recipe:
    """The recipe with the content's `wrap`, where it may have one and names none itself."""
    wrap = wrap_of(content)
    return recipe.with_changes(wrap=wrap) if wrap != NONE and getattr(recipe, "wrap", "") == NONE else recipe


def as_filled_in(values: Mapping[str, Any], content: object) -> dict[str, Any]:
    """The form's initial values for a recipe that is there: what follows from the content needs no setting."""
    wrap, chosen = wrap_of(content), values.get("wrap")
    if wrap == NONE or chosen not in (wrap, NONE):
        return dict(values)
    return {**values, "wrap": NONE, "seam": chosen == NONE}


def _wrap_by(recipe: Recipe) -> str:
    if isinstance(recipe, MadeRecipe):
        return "x" if recipe.goes_round else NONE
    return str(getattr(recipe, "wrap", NONE))

"""Whose the pictures are that come of others."""

from gallery.models import Picture, Render
from transfer.credits import LONGEST_AUTHOR, LONGEST_SOURCE, Credit
from transfer.synthesis.recipes.base import MadeRecipe


def of_output(render: Render) -> Credit:
    """That of a finished render's picture, where it goes into another one.

    What was made out of numbers is nobody else's. Of what was painted, the source names the pictures and whose they
    are; under which licence that may be used is for its owner to say.
    """
    if isinstance(recipe := render.recipe, MadeRecipe):
        return recipe.credit
    named = "; ".join(
        f"{picture.title} by {picture.credit}" if picture.credit else picture.title for picture in _of(render)
    )
    source = f"Painted from {named}" if named else ""
    return Credit(author=str(render.owner or "")[:LONGEST_AUTHOR], source=source[:LONGEST_SOURCE])


def _of(render: Render) -> list[Picture]:
    return [each.picture for each in render.inputs.select_related("picture") if each.picture is not None]

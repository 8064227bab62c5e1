"""Links to the panel that makes pictures out of numbers."""

from collections.abc import Mapping

from django import template

from gallery.studio.making import address_of
from transfer.kinds import stored
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.base import MadeRecipe

register = template.Library()


@register.filter
def vary(written: object) -> str:
    """The page that varies what was made by a stored recipe; empty for what no generator made."""
    recipe = stored(written).recipe if isinstance(written, Mapping) else None
    return address_of(recipe) if isinstance(recipe, MadeRecipe) else ""


@register.simple_tag
def has_generator(name: str) -> bool:
    """Whether pictures of this kind can be made here."""
    return name in GENERATORS

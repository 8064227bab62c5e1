"""How long and how large a film may be that somebody asks for, as this site is set up."""

from django.conf import settings

from gallery.recipes.validation import Faults
from transfer.kinds import Kind, kind_of
from transfer.recipes.base import Recipe


def in_words(kind: Kind) -> str:
    """What there is to know before a film is asked for; empty for kinds of work that make pictures."""
    if not kind.films:
        return ""
    return f"A film can have up to {settings.FILM_FRAMES:,} frames here, and be up to {settings.FILM_SIZE:,} px long."


def faults(recipe: Recipe) -> Faults:
    """What is too long or too large in a recipe of a film, by field."""
    found = Faults()
    if not kind_of(recipe).films:
        return found
    if getattr(recipe, "frames", 0) > settings.FILM_FRAMES:
        found.add("frames", f"A film can have up to {settings.FILM_FRAMES:,} frames here.")
    if recipe.image_size > settings.FILM_SIZE:
        found.add("image_size", f"A film can be up to {settings.FILM_SIZE:,} px long here.")
    return found

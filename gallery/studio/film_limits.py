"""How long and how large a film may be that somebody asks for, as this site is set up."""

from django.conf import settings

from gallery.recipes.validation import Faults
from transfer import words
from transfer.film.footage import Footage
from transfer.film.planner import footage
from transfer.film.recipe import FilmRecipe
from transfer.inputs import Role
from transfer.kinds import Kind, Sizes, kind_of
from transfer.recipes.base import Recipe, without
from transfer.walk.recipe import WalkRecipe


def in_words(kind: Kind) -> str:
    """What there is to know before a film is asked for; empty for kinds of work that make pictures."""
    if not kind.films:
        return ""
    found = f"A film can have up to {settings.FILM_FRAMES:,} frames here, and be up to {settings.FILM_SIZE:,} px long."
    if not any(takes.clips for takes in kind.takes):
        return found
    largest = words.memory(settings.CLIP_BYTES)
    return f"{found} It takes up to {settings.FILM_SECONDS} s of a clip, whose file can have up to {largest}."


def faults(recipe: Recipe, sizes: Sizes) -> Faults:
    """What is too long or too large in a film of inputs of these sizes, by field."""
    found = Faults()
    if not kind_of(recipe).films:
        return found
    if recipe.image_size > settings.FILM_SIZE:
        found.add("image_size", f"A film can be up to {settings.FILM_SIZE:,} px long here.")
    if isinstance(recipe, FilmRecipe):
        return _about_clip(recipe, sizes, found)
    if isinstance(recipe, WalkRecipe):
        return _about_walk(recipe, found)
    if getattr(recipe, "frames", 0) > settings.FILM_FRAMES:
        found.add("frames", f"A film can have up to {settings.FILM_FRAMES:,} frames here.")
    return found


def too_much(recipe: Recipe, sizes: Sizes) -> str:
    """The same in a sentence, while it may not be known how long the clip is; empty if nothing is."""
    found = without(faults(recipe, sizes), Role.CONTENT)
    return next((sentence for sentences in found.values() for sentence in sentences), "")


def _about_walk(recipe: WalkRecipe, found: Faults) -> Faults:
    if recipe.frames > settings.FILM_FRAMES:
        most = f"{settings.FILM_FRAMES:,} are the most here: take fewer stations, fewer seconds, or fewer a second"
        found.add("seconds", f"It would have {recipe.frames:,} frames, and {most}.")
    return found


def _about_clip(recipe: FilmRecipe, sizes: Sizes, found: Faults) -> Faults:
    clip, taken = next(iter(sizes.get(Role.CONTENT, ())), (1, 1)), footage(recipe, sizes)
    if not isinstance(clip, Footage):
        found.add("content", "That is a picture: choose a film.")
    elif not taken.frames:
        found.add("start", f"The clip lasts {clip.seconds:.1f} s: start earlier.")
    elif taken.seconds > settings.FILM_SECONDS + 0.5:
        found.add("length", f"It would last {taken.seconds:.0f} s, and {settings.FILM_SECONDS} s are the most here.")
    elif taken.frames > settings.FILM_FRAMES:
        most = f"{settings.FILM_FRAMES:,} are the most here: take fewer a second, or a shorter part"
        found.add("rate", f"It would have {taken.frames:,} frames, and {most}.")
    return found

"""Painter and planner of what was stored by an installation with other kinds of work: both refuse. Free of torch."""

from typing import Never

from transfer.engine.ladder import Rung, fit
from transfer.errors import KindError, PlanError
from transfer.inputs import Size, Sizes
from transfer.recipes.stored import UnknownRecipe


def painter(inputs: object, recipe: UnknownRecipe, device: object, weights: object = None) -> Never:
    """Raises KindError."""
    raise KindError(_sentence(recipe))


def plan(recipe: UnknownRecipe, sizes: object, width: int, memory: int | None, speed: object) -> Never:
    """Raises PlanError."""
    raise PlanError(_sentence(recipe))


def least_memory(recipe: UnknownRecipe, sizes: object, width: int) -> int:
    """None: whoever takes it refuses it."""
    return 0


def size(recipe: UnknownRecipe, sizes: Sizes) -> Size:
    """(width, height) in pixels: the first input's, scaled to `image_size`; a square where there is no input."""
    first = next((each[0] for each in sizes.values() if each), (1, 1))
    return fit(first, recipe.image_size)


def rungs(recipe: UnknownRecipe) -> tuple[Rung, ...]:
    """None that are known."""
    return ()


def advice(recipe: UnknownRecipe, pictures: object) -> list[str]:
    """That it cannot be painted."""
    return [_sentence(recipe)]


def _sentence(recipe: UnknownRecipe) -> str:
    return f"This installation does not know the kind of work {recipe.named}."

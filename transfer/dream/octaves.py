"""The octaves of a dream: a ladder of its own, with equally many equally large steps on each rung. Free of torch.

Mordvintsev et al. 2015, "Inceptionism", climb four octaves up to the picture's size. Here they begin at a size of their
own, so that a small dream is exactly an early stage of a large one.
"""

from transfer.dream.recipe import DreamRecipe
from transfer.engine.ladder import Rung, sides

TO_A_DOUBLING = {"1.26": 3, "1.41": 2, "2": 1}  # octaves


def octaves(recipe: DreamRecipe) -> tuple[Rung, ...]:
    """The octaves of a dream, lowest first; the last has a long side of `recipe.image_size`."""
    found = sides(recipe.image_size, int(recipe.first_octave), TO_A_DOUBLING[recipe.octave_scale])
    return tuple(Rung(index, side, recipe.octave_iter, recipe.learning_rate) for index, side in enumerate(found))

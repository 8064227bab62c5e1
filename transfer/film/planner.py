"""What can be said of a film of a clip before it is made, as the planner of its kind. Free of torch.

A frame counts as an iteration, whatever sizes it is painted at.
"""

import math

from transfer.engine.ladder import Rung
from transfer.film import pyramid_planner
from transfer.film.footage import Footage
from transfer.film.pyramid_planner import advice, least_memory, size
from transfer.film.recipe import FilmRecipe
from transfer.film.segments import LONGEST
from transfer.inputs import Sizes, content_in
from transfer.planning.planner import Plan, RungPlan, Speed

__all__ = ["advice", "least_memory", "plan", "rung", "rungs", "size"]
SECOND = 24  # frames, where it is not known how many there are


def rungs(recipe: FilmRecipe) -> tuple[Rung, ...]:
    """One size; how many frames there are, the clip says."""
    return (rung(recipe, 1),)


def rung(recipe: FilmRecipe, frames: int) -> Rung:
    """The one size of a film of so many frames."""
    return Rung(0, recipe.image_size, frames, 0.0)


def plan(recipe: FilmRecipe, sizes: Sizes, width: int, memory: int | None = None, speed: Speed | None = None) -> Plan:
    """The needs of a film of what is taken of a clip; raises PlanError where `memory` is too small."""
    taken = footage(recipe, sizes)
    parts = max(1, math.ceil(taken.seconds / LONGEST))
    found = pyramid_planner.plan(recipe, sizes, width, memory, speed, max(1, taken.frames), parts).rungs
    known = [each.seconds for each in found if each.seconds is not None]
    whole = RungPlan(
        size=found[-1].size,
        iterations=max(1, taken.frames),
        tiles=found[-1].tiles,
        overdraw=found[-1].overdraw,
        memory=max(each.memory for each in found),
        seconds=sum(known) if len(known) == len(found) else None,
        seconds_before=0.0,
    )
    return Plan((whole,))


def footage(recipe: FilmRecipe, sizes: Sizes) -> Footage:
    """What is taken of the clip; a second where only its size is known."""
    clip = content_in(sizes)
    found = clip if isinstance(clip, Footage) else Footage(clip, SECOND, 1.0)
    return found.taken(recipe.start, recipe.length, recipe.rate)

"""What can be said of a variation before it is made. Free of torch."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transfer import words
from transfer.engine.ladder import Rung
from transfer.errors import PlanError
from transfer.inputs import Role, Size, Sizes, content_in
from transfer.planning.planner import PROCESS, Plan, RungPlan
from transfer.variation import rungs as pyramid
from transfer.variation.recipe import VariationRecipe
from transfer.variation.rungs import rungs

if TYPE_CHECKING:
    from transfer.style.advice import PictureFacts

__all__ = ["advice", "least_memory", "plan", "rungs", "size"]
BANDS = 400 * 2**20  # bytes that are in use while a band of rows is worked on, whatever the size
OF_RESULT, OF_SOURCE = 150, 140  # bytes a pixel: the picture, its copies and where its patches are; the features
# Measured on one core: seconds for an iteration besides its pixels, for a value that is projected, with the octaves
# below, and for a match's pixel.
ITERATION, VALUE, MATCH = 4e-3, 3.8e-8, 2.2e-5
ENOUGH = 0.8  # of the long side that is wanted of the picture: below, it is said that it is enlarged
SAME_SHAPE = 0.03  # between the logarithms of two ratios


def size(recipe: VariationRecipe, sizes: Sizes) -> Size:
    """(width, height) of the result in pixels."""
    return pyramid.size(recipe, content_in(sizes), recipe.image_size)


def plan(recipe: VariationRecipe, sizes: Sizes, width: int, memory: int | None, speed: object) -> Plan:
    """Raises PlanError where `memory` is too small. A processor's usual speed is gone by, whatever is measured."""
    needed = least_memory(recipe, sizes, width)
    if memory is not None and memory < needed:
        raise PlanError(
            f"{recipe.image_size:,} px needs {words.memory(needed)}; this machine allows {words.memory(memory)}. "
            "Choose a smaller size."
        )
    return Plan(tuple(_rung_plan(recipe, rung, content_in(sizes)) for rung in rungs(recipe)))


def least_memory(recipe: VariationRecipe, sizes: Sizes, width: int) -> int:
    """The bytes that it takes."""
    return max(each.memory for each in (_rung_plan(recipe, rung, content_in(sizes)) for rung in rungs(recipe)))


def advice(recipe: VariationRecipe, pictures: Mapping[Role, Sequence["PictureFacts"]]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    picture, found = pictures[Role.CONTENT][0].size, list[str]()
    wanted = pyramid.source_size(recipe, picture, pyramid.size(recipe, picture, recipe.image_size))
    if max(picture) < ENOUGH * max(wanted):
        found.append(
            f"The picture has {picture[0]} × {picture[1]} px and is enlarged to {wanted[0]} × {wanted[1]} px: "
            "there will be no more detail than it has."
        )
    for stays in pictures.get(Role.GUIDE, ()):
        if abs(math.log(_ratio(stays.size) / _ratio(picture))) > SAME_SHAPE:
            found.append("What stays has another shape than the picture: it is stretched over it.")
    return found


def _ratio(of: Size) -> float:
    return of[0] / of[1]


def _rung_plan(recipe: VariationRecipe, rung: Rung, picture: Size) -> RungPlan:
    made = pyramid.size(recipe, picture, rung.long_side)
    pixels, of_source = math.prod(made), math.prod(pyramid.source_size(recipe, picture, made))
    _, matched, _ = pyramid.phases(recipe, 1)
    transport = ITERATION + VALUE * recipe.num_projections * (pixels + of_source / 2)
    return RungPlan(
        size=made,
        iterations=rung.iterations,
        tiles=1,
        overdraw=1.0,
        memory=PROCESS + BANDS + OF_RESULT * pixels + OF_SOURCE * of_source,
        seconds=(rung.iterations - matched) * transport + matched * MATCH * pixels,
        seconds_before=0.0,
    )

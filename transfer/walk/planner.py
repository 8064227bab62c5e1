"""What can be said of a walk before it starts. Free of torch."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transfer.engine.ladder import Rung
from transfer.film import reel
from transfer.inputs import Role, Sizes
from transfer.planning.planner import Plan, RungPlan
from transfer.variation import planner as variation
from transfer.variation.planner import size
from transfer.walk.recipe import WalkRecipe

if TYPE_CHECKING:
    from transfer.style.advice import PictureFacts

__all__ = ["advice", "costs", "least_memory", "plan", "rungs", "size"]
# Bytes a pixel: three stations, at all sizes, with their fields; and what frames are compared with at smaller sizes.
OF_STATIONS, OF_LEVELS = 120, 140
OF_A_PIXEL = 2e-5  # measured on one core: seconds for a pixel of a frame's largest size, with all that lies below
BEGUN = 0.1  # seconds for a frame besides its pixels


def rungs(recipe: WalkRecipe) -> tuple[Rung, ...]:
    """One size, at which each frame counts as an iteration."""
    return (Rung(0, recipe.image_size, recipe.frames, 0.0),)


def plan(recipe: WalkRecipe, sizes: Sizes, width: int, memory: int | None, speed: object) -> Plan:
    """Those of its stations, and of its frames; raises PlanError where `memory` is too small."""
    beside = _kept(recipe, sizes)
    found = variation.plan(recipe, sizes, width, None if memory is None else memory - beside, speed).rungs
    return Plan(
        (
            RungPlan(
                size=found[-1].size,
                iterations=recipe.frames,
                tiles=1,
                overdraw=1.0,
                memory=max(each.memory for each in found) + beside,
                seconds=sum(map(sum, costs(recipe, sizes))),
                seconds_before=0.0,
            ),
        )
    )


def costs(recipe: WalkRecipe, sizes: Sizes) -> list[tuple[float, float]]:
    """For each frame, the seconds of the stations that it is the first to need, and its own."""
    station = sum(each.seconds or 0.0 for each in variation.plan(recipe, sizes, 0, None, None).rungs)
    frame = BEGUN + OF_A_PIXEL * math.prod(size(recipe, sizes))
    found, there = list[tuple[float, float]](), 0
    for number in range(recipe.frames):
        wanted = min(recipe.place(number)[0] + 2, recipe.stations)
        found.append((station * (wanted - there), frame))
        there = wanted
    return found


def least_memory(recipe: WalkRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be filmed."""
    return variation.least_memory(recipe, sizes, width) + _kept(recipe, sizes)


def advice(recipe: WalkRecipe, pictures: "Mapping[Role, Sequence[PictureFacts]]") -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return variation.advice(recipe, pictures)


def _kept(recipe: WalkRecipe, sizes: Sizes) -> int:
    """The bytes of stations, of what frames are compared with, and of the film."""
    pixels = math.prod(size(recipe, sizes))
    return reel.memory(pixels) + pixels * (OF_STATIONS + OF_LEVELS)

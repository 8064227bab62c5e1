"""What can be said of a zoom before it starts. Free of torch."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transfer.dream import planner as dream
from transfer.dream.planner import Sizes, size
from transfer.engine.ladder import Rung
from transfer.film import reel
from transfer.planning.planner import Plan, RungPlan, Speed
from transfer.zoom.recipe import ZoomRecipe

if TYPE_CHECKING:
    from transfer.inputs import Role
    from transfer.style.advice import PictureFacts

__all__ = ["advice", "kept", "least_memory", "plan", "rungs", "size"]
OF_A_PIXEL = 1e-7  # seconds for moving a frame, calming its colours and encoding it


def rungs(recipe: ZoomRecipe) -> tuple[Rung, ...]:
    """One size, at which each frame counts as an iteration."""
    return (Rung(0, recipe.image_size, recipe.dreamt_frames, recipe.learning_rate),)


def plan(recipe: ZoomRecipe, sizes: Sizes, width: int, memory: int | None = None, speed: Speed | None = None) -> Plan:
    """That of a dream for each frame; raises PlanError where `memory` is too small."""
    in_pictures = kept(recipe, sizes)
    found = dream.plan(recipe, sizes, width, None if memory is None else memory - in_pictures, speed).rungs
    pixels = math.prod(found[-1].size)
    known = [each.seconds for each in found if each.seconds is not None]
    seconds = sum(known) + OF_A_PIXEL * pixels
    return Plan(
        (
            RungPlan(
                size=found[-1].size,
                iterations=recipe.dreamt_frames,
                tiles=found[-1].tiles,
                overdraw=found[-1].overdraw,
                memory=max(each.memory for each in found) + in_pictures,
                seconds=recipe.dreamt_frames * seconds if len(known) == len(found) else None,
                seconds_before=0.0,
            ),
        )
    )


def least_memory(recipe: ZoomRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be filmed, with numbers of `width` bytes in the network."""
    return dream.least_memory(recipe, sizes, width) + kept(recipe, sizes)


def advice(recipe: ZoomRecipe, pictures: "Mapping[Role, Sequence[PictureFacts]]") -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return dream.advice(recipe, pictures)


def kept(recipe: ZoomRecipe, sizes: Sizes) -> int:
    """The bytes of the frames that are not encoded yet, of those that the end becomes, and of the encoder."""
    pixels = math.prod(size(recipe, sizes))
    return reel.memory(pixels) + 3 * pixels * recipe.fade

"""What the sizes of a film's pyramid take, and the frames that are painted, before they are made. Free of torch."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transfer.engine.ladder import Rung, fit
from transfer.film.recipe import FilmRecipe
from transfer.film.writer import even
from transfer.inputs import Role, Size, Sizes, content_in
from transfer.instant import planner
from transfer.planning.planner import PIXEL, Plan, RungPlan, Speed
from transfer.style import planner as style
from transfer.style.advice import PictureFacts

VIEWS = 4  # times what it costs to view a pixel, that it costs to view and to decode it
AROUND = 4e-8  # seconds a pixel: reading, scaling and writing it
LARGEST_FLOW = 320  # px of the long side at which flow is found at most
MOVING = 8e-6  # seconds a pixel there: finding the flow, both ways
KEPT = 10  # images of a frame that is painted on: the last frame, what is carried from it, the instant picture ...
SAMPLED = 12  # frames more, at most, that each segment views beforehand


def size(recipe: FilmRecipe, sizes: Sizes) -> Size:
    """(width, height) of the film in pixels: that of the clip, scaled to `image_size`, and even."""
    return frame_size(recipe, content_in(sizes))


def frame_size(recipe: FilmRecipe, clip: Size) -> Size:
    """The same for a clip of (width, height)."""
    return even(fit(clip, recipe.image_size))


def rungs(recipe: FilmRecipe) -> tuple[Rung, ...]:
    """The sizes of a frame's pyramid."""
    return recipe.rungs


def plan(
    recipe: FilmRecipe,
    sizes: Sizes,
    width: int,
    memory: int | None = None,
    speed: Speed | None = None,
    frames: int = 1,
    segments: int = 1,
) -> Plan:
    """The needs of a film of so many frames in so many segments: its sizes have an iteration for each frame.

    Raises PlanError where `memory` is too small.
    """
    still = planner.plan(recipe.instant, sizes, width, memory, speed)
    painted = frames + segments * min(SAMPLED, frames)
    found = []
    for rung in still.rungs:
        pixels = rung.size[0] * rung.size[1]
        seconds = None if speed is None else painted * pixels * (VIEWS * rung.overdraw * speed.look + AROUND)
        found.append(replace(rung, iterations=frames, seconds=seconds, seconds_before=None))
    if recipe.is_painted:
        found.append(_painted(recipe, sizes, width, memory, speed, frames))
    return Plan(tuple(found))


def _painted(
    recipe: FilmRecipe, sizes: Sizes, width: int, memory: int | None, speed: Speed | None, frames: int
) -> RungPlan:
    """What it takes besides to paint each frame on from the last one, and to begin a shot."""
    made = size(recipe, sizes)
    (one,) = style.plan(recipe.instant.style, sizes, width, memory, speed, (recipe.rung(max(made)),)).rungs
    memory_for_frames = KEPT * PIXEL * math.prod(made)
    seconds = None
    if speed is not None and one.seconds is not None and one.seconds_before is not None:
        draft = planner.plan(recipe.instant.with_changes(quality="draft"), sizes, width, memory, speed)
        begun = sum(each.seconds or 0.0 for each in draft.rungs)
        content = math.prod(made) * one.overdraw * speed.look
        moved = MOVING * math.prod(fit(made, min(LARGEST_FLOW, max(made))))
        seconds = begun + frames * (one.seconds - one.seconds_before + content + moved)
    return replace(one, iterations=frames, memory=one.memory + memory_for_frames, seconds=seconds, seconds_before=None)


def least_memory(recipe: FilmRecipe, sizes: Sizes, width: int) -> int:
    """The bytes with which it can just be made, with numbers of `width` bytes in the network."""
    return planner.least_memory(recipe.instant, sizes, width)


def advice(recipe: FilmRecipe, pictures: Mapping[Role, Sequence[PictureFacts]]) -> list[str]:
    """A sentence for each thing that will disappoint somebody who does not expect it."""
    return planner.advice(recipe.instant, pictures)

"""Rendering again what is there, with one thing changed."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings

from gallery.accounts.person import Person
from gallery.browsing import same
from gallery.models import Render
from gallery.queueing.order import Order
from gallery.queueing.planning import alone, when_free
from gallery.recipes.fields import OFFERED_SIZES
from gallery.studio.submission import again
from transfer.planning.planner import Plan

OFFERED_AT_ONCE = 5
SEEDS = 2**32


@dataclass(frozen=True)
class LargerSize:
    """A larger size: its seconds from the lowest rung on, if known, and why it cannot be had, if it cannot.

    `when_free` are the seconds on a machine that does nothing else, where that is much less.
    `there` is a finished render that is the same at this size, if there is one.
    """

    side: int
    seconds: float | None = None
    refusal: str = ""
    there: Render | None = None
    when_free: float | None = None


def next_sides(render: Render) -> list[int]:
    """The next larger sizes that are offered."""
    largest = settings.FILM_SIZE if render.film else max(OFFERED_SIZES)
    sides = [side for side in OFFERED_SIZES if max(render.image_size, *render.size) < side <= largest]
    return sides[:OFFERED_AT_ONCE]


def sizes(render: Render, order: Order, sides: Collection[int], person: Person) -> dict[int, LargerSize]:
    """What `person` should know of these sizes of `render`, which was asked for with `order`."""
    plans = alone([render.recipe.with_changes(image_size=side) for side in sides], order.sizes)
    there: Mapping[int, Render] = same.by_size(order.recipe, order.identities, person)
    return {side: _larger(side, plan, there.get(side)) for side, plan in zip(sides, plans, strict=True)}


def _larger(side: int, plan: Plan | str, there: Render | None) -> LargerSize:
    if isinstance(plan, str):
        return LargerSize(side, refusal=plan, there=there)
    return LargerSize(side, plan.seconds, there=there, when_free=when_free(plan.seconds, plan.slowed))


def is_unfinished(render: Render) -> bool:
    """Whether somebody stopped it early and kept its picture."""
    made = render.made
    return made is not None and made.kept is not None


def bigger(render: Render, side: int, person: Person) -> Render:
    """A new render of the same, larger; or as large as one that was stopped early was to be, to finish it.

    Raises ValueError for a size that is none, Refused for one too large.
    """
    if side < render.image_size or (side == render.image_size and not is_unfinished(render)):
        raise ValueError(f"{side} px is not larger than {render.image_size} px.")
    return resized(render, side, person)


def resized(render: Render, side: int, person: Person) -> Render:
    """A new render of the same, `side` px long. Raises Refused where that cannot be done.

    The worker finds the finished rungs of the one that was there and goes on from there.
    """
    return again(render, render.recipe.with_changes(image_size=side), person)


def reseeded(render: Render, person: Person) -> Render:
    """A new render of the same, with another seed. Raises Refused where that cannot be done."""
    return again(render, render.recipe.with_changes(seed=secrets.randbelow(SEEDS)), person)

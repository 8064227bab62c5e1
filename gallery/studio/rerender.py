"""Rendering again what is there, with one thing changed."""

import secrets
from dataclasses import dataclass

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.queueing.order import Order
from gallery.queueing.planning import alone
from gallery.recipes.fields import OFFERED_SIZES
from gallery.studio.submission import again

OFFERED_AT_ONCE = 5
SEEDS = 2**32


@dataclass(frozen=True)
class LargerSize:
    """A larger size: its seconds from the lowest rung on, if known, and why it cannot be had, if it cannot."""

    side: int
    seconds: float | None = None
    refusal: str = ""


def sizes(render: Render, order: Order) -> list[LargerSize]:
    """The next larger sizes that are offered of `render`, which was asked for with `order`."""
    larger = [side for side in OFFERED_SIZES if side > max(render.image_size, *render.size)][:OFFERED_AT_ONCE]
    plans = alone([render.recipe.with_changes(image_size=side) for side in larger], order.sizes)
    found = []
    for side, plan in zip(larger, plans, strict=True):
        found.append(LargerSize(side, refusal=plan) if isinstance(plan, str) else LargerSize(side, plan.seconds))
    return found


def bigger(render: Render, side: int, person: Person) -> Render:
    """A new render of the same, larger. Raises ValueError for a size that is none, Refused for one too large."""
    if side <= render.image_size:
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

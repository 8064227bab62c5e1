"""Rendering again what is there, with one thing changed."""

import secrets
from dataclasses import dataclass

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.queueing import queue
from gallery.queueing.order import Order
from gallery.queueing.planning import alone, refuse_what_cannot_be_done
from gallery.recipes.fields import OFFERED_SIZES

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
    """A new render of the same, larger. Raises ValueError for a size that is none, PlanError for one too large."""
    if side <= render.image_size:
        raise ValueError(f"{side} px is not larger than {render.image_size} px.")
    return resized(render, side, person)


def resized(render: Render, side: int, person: Person) -> Render:
    """A new render of the same, `side` px long. Raises PlanError where that cannot be done.

    The worker finds the finished rungs of the one that was there and goes on from there.
    """
    order = Order.of(render).by(render.recipe.with_changes(image_size=side))
    refuse_what_cannot_be_done(order.recipe, order.sizes)
    return queue.submit(order, person, parent=render)


def reseeded(render: Render, person: Person) -> Render:
    """A new render of the same, with another seed."""
    recipe = render.recipe.with_changes(seed=secrets.randbelow(SEEDS))
    return queue.submit(Order.of(render).by(recipe), person, parent=render)

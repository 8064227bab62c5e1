"""What a render will need, told before it is asked for: which worker does it best, and when it would be finished."""

from dataclasses import dataclass

from django.conf import settings

from gallery.access import Ownership
from gallery.forecast import Newcomer, forecast
from gallery.painters import NARROW, Painter, Size, painters
from transfer.errors import PlanError
from transfer.ladder import fit
from transfer.planner import Plan
from transfer.recipe import Recipe


@dataclass(frozen=True)
class Planned:
    """What a render would take. `seconds` and `wait` are None where the speed is not known.

    `wait` are the seconds until it would start. `device` is empty while no worker is known.
    """

    size: Size
    memory: int
    seconds: float | None
    wait: float | None
    device: str = ""

    @property
    def until_finished(self) -> float | None:
        """Seconds from now until it would be there."""
        return None if self.seconds is None or self.wait is None else self.wait + self.seconds


def planned(recipe: Recipe, content: Size, *styles: Size, whose: Ownership | None = None) -> Planned:
    """By the live worker that is the quickest of those that can do it; without one, by this site's own settings.

    `whose` it would be decides what goes before it. Raises PlanError, with the words of the one that has most memory,
    when none can do it.
    """
    alive = painters()
    painter, found = _best(alive, recipe, content, styles)
    return Planned(
        size=fit(content, recipe.image_size),
        memory=found.memory,
        seconds=found.seconds,
        wait=forecast(alive, Newcomer(recipe.image_size, whose)).newcomer,
        device=painter.device,
    )


def alone(recipes: list[Recipe], content: Size, *styles: Size) -> list[Plan | str]:
    """What each of several would take without what comes before it, or why it cannot be done."""
    alive = painters()
    found: list[Plan | str] = []
    for recipe in recipes:
        try:
            found.append(_best(alive, recipe, content, styles)[1])
        except PlanError as error:
            found.append(str(error))
    return found


def refuse_what_cannot_be_done(recipe: Recipe, content: Size, *styles: Size) -> None:
    """Raises PlanError when no worker that lives can do it; without one, when this site's settings rule it out."""
    _best(painters(), recipe, content, styles)


def _best(alive: list[Painter], recipe: Recipe, content: Size, styles: tuple[Size, ...]) -> tuple[Painter, Plan]:
    possible, refused = [], []
    for painter in alive or [Painter("", "", settings.MEMORY, NARROW, {})]:
        try:
            possible.append((painter, painter.plan(recipe, content, styles)))
        except PlanError as error:
            refused.append(error)
    if not possible:
        raise refused[0]
    return min(possible, key=lambda each: float("inf") if each[1].seconds is None else each[1].seconds)

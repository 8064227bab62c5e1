"""What a render will need, told before it is asked for: which worker does it best, and when it would be finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from gallery.accounts.person import Person
from gallery.queueing.forecast import Newcomer, shared_forecast
from gallery.queueing.needs import needs_of, why_nobody_can
from gallery.queueing.workers import NARROW, LiveWorker, live_workers
from transfer.errors import PlanError
from transfer.kinds import Size, Sizes, kind_of
from transfer.planning.planner import Plan
from transfer.recipes.base import Recipe

MUCH = 1.5  # times as long as on an idle machine: then people are told both


def when_free(seconds: float | None, slowed: float) -> float | None:
    """Seconds on an idle machine of what takes `seconds` now, `slowed` times as long; None if about as many."""
    return seconds / slowed if seconds is not None and slowed > MUCH else None


@dataclass(frozen=True)
class Planned:
    """What a render would take. `seconds` and `wait` are None where the speed is not known.

    `wait` are the seconds until it would start. `device` is empty while no worker is known. `waits_for` says why no
    worker that lives can do it, where that may change.
    """

    size: Size
    memory: int
    seconds: float | None
    wait: float | None
    device: str = ""
    waits_for: str = ""
    slowed: float = 1.0

    @property
    def when_free(self) -> float | None:
        """Seconds it would take if nothing else ran on the machine, where that is much less."""
        return when_free(self.seconds, self.slowed)

    @property
    def until_finished(self) -> float | None:
        """Seconds from now until it would be there."""
        return None if self.seconds is None or self.wait is None else self.wait + self.seconds


def planned(recipe: Recipe, sizes: Sizes, whose: Person | None = None) -> Planned:
    """By the live worker that is the quickest of those that can do it; without one, by this site's own settings.

    `whose` it would be decides what goes before it. Raises PlanError, with the words of the one that has most memory,
    when none can do it.
    """
    alive, needed = live_workers(), needs_of(recipe, sizes)
    newcomer = Newcomer(recipe.image_size, whose, needed, is_long=kind_of(recipe).films)
    worker, found = _best(alive, recipe, sizes)
    return Planned(
        size=kind_of(recipe).foresees.size(recipe, sizes),
        memory=found.memory,
        seconds=found.seconds,
        wait=shared_forecast(alive, newcomer).newcomer,
        device=worker.device,
        waits_for=why_nobody_can(needed, alive) if alive else "",
        slowed=found.slowed,
    )


def alone(recipes: Sequence[Recipe], sizes: Sizes) -> list[Plan | str]:
    """What each of several would take without what comes before it, or why it cannot be done."""
    alive = live_workers()
    found: list[Plan | str] = []
    for recipe in recipes:
        try:
            found.append(_best(alive, recipe, sizes)[1])
        except PlanError as error:
            found.append(str(error))
    return found


def refuse_what_cannot_be_done(recipe: Recipe, sizes: Sizes) -> None:
    """Raises PlanError when no worker that lives has the memory; without one, when this site's settings rule it out.

    Where only the weights of the network are missing, it may be asked for, and waits for a worker that has them.
    """
    _best(live_workers(), recipe, sizes)


def _best(alive: list[LiveWorker], recipe: Recipe, sizes: Sizes) -> tuple[LiveWorker, Plan]:
    """Of workers that have the network if there are any: weights can be fetched, and memory cannot."""
    equipped = [worker for worker in alive if worker.has_network(recipe.network)] or alive
    possible, refused = [], []
    for worker in equipped or [LiveWorker("", "", settings.MEMORY, NARROW, {})]:
        try:
            possible.append((worker, worker.plan(recipe, sizes)))
        except PlanError as error:
            refused.append(error)
    if not possible:
        raise refused[0]
    return min(possible, key=lambda each: float("inf") if each[1].seconds is None else each[1].seconds)

"""What a render will need, told before it is asked for: which worker does it best, and when it would be finished."""

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from pydantic import ValidationError

from gallery.models import Machine, Render
from gallery.querysets import SMALL
from transfer.errors import PlanError
from transfer.ladder import fit
from transfer.planner import Plan, Speed, plan
from transfer.recipe import Recipe

Size = tuple[int, int]
NARROW = 2  # bytes of a number where no worker has told: nothing is refused that may turn out to fit
LOOKED_AT = 50  # renders before this one whose time is reckoned; of more, the mean is taken


@dataclass(frozen=True)
class Planned:
    """What a render would take. `seconds` and `wait` are None where the speed is not known.

    `wait` are the seconds until what comes before it is finished. `device` is empty while no worker is known.
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


@dataclass(frozen=True)
class _Painter:
    """What plans go by, of a worker."""

    device: str
    memory: int
    width: int
    speeds: dict[str, Speed]

    def plan(self, recipe: Recipe, content: Size, style: Size) -> Plan:
        """What it would take here; raises PlanError when it cannot be done."""
        found = _plan(recipe, content, style, self.width, self.memory, self.speeds.get(recipe.backbone))
        if isinstance(found, str):
            raise PlanError(found)
        return found


def planned(recipe: Recipe, content: Size, style: Size) -> Planned:
    """By the live worker that is the quickest of those that can do it; without one, by this site's own settings.

    Raises PlanError, with the words of the one that has most memory, when none can.
    """
    painters = _painters()
    painter, found = _best(painters, recipe, content, style)
    return Planned(
        size=fit(content, recipe.image_size),
        memory=found.memory,
        seconds=found.seconds,
        wait=_wait(recipe, painter, len(painters)),
        device=painter.device,
    )


def refuse_what_cannot_be_done(recipe: Recipe, content: Size, style: Size) -> None:
    """Raises PlanError when no worker that lives can do it; without one, when this site's settings rule it out."""
    _best(_painters(), recipe, content, style)


def _painters() -> list[_Painter]:
    """Those that live, the one with most memory first; else one that stands for those that may come."""
    alive = Machine.objects.alive().values_list("device", "memory", "facts")
    found = [_Painter(device, memory, *_read(facts)) for device, memory, facts in alive]
    return sorted(found, key=lambda each: -each.memory) or [_Painter("", settings.MEMORY, NARROW, {})]


def _read(facts: Any) -> tuple[int, dict[str, Speed]]:
    """Width and speeds as a worker has told them; what a worker of another version may have told is left out."""
    try:
        return int(facts["width"]), {name: Speed(**speed) for name, speed in facts["speeds"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return NARROW, {}


def _best(painters: list[_Painter], recipe: Recipe, content: Size, style: Size) -> tuple[_Painter, Plan]:
    possible, refused = [], []
    for painter in painters:
        try:
            possible.append((painter, painter.plan(recipe, content, style)))
        except PlanError as error:
            refused.append(error)
    if not possible:
        raise refused[0]
    return min(possible, key=lambda each: float("inf") if each[1].seconds is None else each[1].seconds)


def _wait(recipe: Recipe, painter: _Painter, painters: int) -> float | None:
    """Roughly: what is painted and what waits, shared among the workers. Small renders wait for small ones only."""
    before = Render.objects.unfinished().filter(paused=False)
    if recipe.image_size <= SMALL:
        before = before.small()
    count = before.count()
    if count < painters:
        return 0.0
    rows = before.order_by("status", "created").values_list(
        "recipe_json",
        "pair__content__width",
        "pair__content__height",
        "pair__style__width",
        "pair__style__height",
        "started",
    )
    left = [seconds for row in rows[:LOOKED_AT] if (seconds := _seconds_left(painter, *row)) is not None]
    return sum(left) / len(left) * count / painters if left else None


def _seconds_left(painter: _Painter, recipe_json: Any, *rest: Any) -> float | None:
    *sides, started = rest
    try:
        found = painter.plan(Recipe.model_validate(recipe_json), (sides[0], sides[1]), (sides[2], sides[3]))
    except (PlanError, ValidationError):
        return None
    if found.seconds is None or started is None:
        return found.seconds
    so_far: float = (timezone.now() - started).total_seconds()
    return max(0.0, found.seconds - so_far)


@functools.lru_cache(maxsize=1024)
def _plan(recipe: Recipe, content: Size, style: Size, width: int, memory: int, speed: Speed | None) -> Plan | str:
    """The plan, or why there is none: large ones take long to find, and a form is asked about again and again."""
    try:
        return plan(recipe, content, [style], width, memory, speed)
    except PlanError as error:
        return str(error)

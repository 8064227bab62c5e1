"""The workers that live, as plans see them: what each may use, and how fast it has told that it is."""

import functools
from dataclasses import dataclass
from typing import Any

from gallery.models import Worker
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.planning.planner import Plan, Speed
from transfer.recipes.style import StyleRecipe
from transfer.style.planner import plan

Size = tuple[int, int]
NARROW = 2  # bytes of a number where no worker has told: nothing is refused that may turn out to fit


@dataclass(frozen=True)
class LiveWorker:
    """What plans go by, of a worker. `memory` is in bytes; `width` are the bytes of a number in the network."""

    name: str
    device: str
    memory: int
    width: int
    speeds: dict[str, Speed]

    def plan(self, recipe: StyleRecipe, content: Size, styles: tuple[Size, ...]) -> Plan:
        """What it would take here; raises PlanError when it cannot be done."""
        found = _plan(recipe, content, styles, self.width, self.memory, self.speeds.get(recipe.backbone))
        if isinstance(found, str):
            raise PlanError(found)
        return found


def live_workers() -> list[LiveWorker]:
    """Those that live, the one with most memory first."""
    alive = Worker.objects.alive().values_list("name", "device", "memory", "facts")
    found = [LiveWorker(name, device, memory, *_read(facts)) for name, device, memory, facts in alive]
    return sorted(found, key=lambda each: -each.memory)


def _read(facts: Any) -> tuple[int, dict[str, Speed]]:
    """Width and speeds as a worker has told them; what a worker of another version may have told is left out."""
    try:
        return int(facts["width"]), {name: Speed(**speed) for name, speed in facts["speeds"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return NARROW, {}


@functools.lru_cache(maxsize=1024)
def _plan(
    recipe: StyleRecipe, content: Size, styles: tuple[Size, ...], width: int, memory: int, speed: Speed | None
) -> Plan | str:
    """The plan, or why there is none: large ones take long to find, and the same are asked about again and again."""
    try:
        return plan(recipe, {Role.CONTENT: [content], Role.STYLE: styles}, width, memory, speed)
    except PlanError as error:
        return str(error)

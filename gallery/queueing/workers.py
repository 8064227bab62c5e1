"""The workers that live, as plans see them: what each may use, and how fast it has told that it is."""

import functools
from dataclasses import dataclass
from typing import Any

from gallery.models import Worker
from transfer.errors import PlanError
from transfer.inputs import Role
from transfer.kinds import Size, Sizes, kind_of
from transfer.planning import speeds
from transfer.planning.planner import Plan, Speed
from transfer.recipes.base import Recipe

NARROW = 2  # bytes of a number where no worker has told: nothing is refused that may turn out to fit


@dataclass(frozen=True)
class LiveWorker:
    """What plans go by, of a worker. `memory` is in bytes; `width` are the bytes of a number in the network."""

    name: str
    device: str
    memory: int
    width: int
    speeds: dict[str, Speed]

    def plan(self, recipe: Recipe, sizes: Sizes) -> Plan:
        """What it would take here; raises PlanError when it cannot be done."""
        known = tuple((role, tuple(sizes[role])) for role in sorted(sizes))
        found = _plan(recipe, known, self.width, self.memory, self.speeds.get(recipe.network))
        if isinstance(found, str):
            raise PlanError(found)
        return found


def live_workers() -> list[LiveWorker]:
    """Those that live, the one with most memory first."""
    alive = Worker.objects.alive().values_list("name", "device", "memory", "facts")
    found = [LiveWorker(name, device, memory, *_read(facts)) for name, device, memory, facts in alive]
    return sorted(found, key=lambda each: -each.memory)


def _read(facts: Any) -> tuple[int, dict[str, Speed]]:
    """Width and speeds as a worker has told them, which may be of another version."""
    try:
        width = int(facts["width"])
    except (KeyError, TypeError, ValueError):
        return NARROW, {}
    return width, speeds.told(facts.get("speeds"))


@functools.lru_cache(maxsize=1024)
def _plan(
    recipe: Recipe, sizes: tuple[tuple[Role, tuple[Size, ...]], ...], width: int, memory: int, speed: Speed | None
) -> Plan | str:
    """The plan, or why there is none: large ones take long to find, and the same are asked about again and again."""
    try:
        return kind_of(recipe).foresees.plan(recipe, dict(sizes), width, memory, speed)
    except PlanError as error:
        return str(error)

"""The workers that live, as plans and claims see them: what each has, and how fast it has told that it is."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.conf import settings

from gallery.models import Worker
from transfer.errors import PlanError
from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.kinds import Size, Sizes, kind_of
from transfer.planning import speeds
from transfer.planning.planner import Plan, Speed
from transfer.recipes.base import Recipe

CPU = "cpu"
NARROW, WIDE = 2, 4  # bytes of a number; narrow where no worker has told: nothing is refused that may turn out to fit


@dataclass(frozen=True)
class LiveWorker:
    """A worker as it has reported itself. `memory` is in bytes; `width` are the bytes of a number in the network.

    `networks` are the backbones whose weights it has. It now takes `slowed` times as long as alone. One of another
    version that has not said what it has (0 bytes, None) is taken to have all that was asked for then: any memory and
    any network, and no particular device.
    """

    name: str
    device: str
    memory: int
    width: int
    speeds: dict[str, Speed]
    networks: frozenset[str] | None = None
    slowed: float = 1.0

    @classmethod
    def of(cls, row: Worker) -> Self:
        """A row's."""
        width, known, slowed = _read(row.facts)
        width = width or width_on(row.device)
        return cls(row.name, row.device, row.memory, width, known, _networks(row.networks), slowed)

    @property
    def device_type(self) -> str:
        """Such as "cuda"; empty while it is not known."""
        return self.device.partition(":")[0]

    def has_network(self, name: str) -> bool:
        """Whether the weights of a backbone are there; no name asks for none."""
        return not name or self.networks is None or name in self.networks

    def plan(self, recipe: Recipe, sizes: Sizes) -> Plan:
        """What it would take here, beside what else runs; raises PlanError when it cannot be done."""
        known = tuple((role, tuple(sizes[role])) for role in sorted(sizes))
        found = _plan(recipe, known, self.width, self.memory or None, self.speeds.get(recipe.network))
        if isinstance(found, str):
            raise PlanError(found)
        return replace(found, slowed=self.slowed)


def live_workers() -> list[LiveWorker]:
    """Those that live, the one with most memory first."""
    return as_plans_see(Worker.objects.alive())


def as_plans_see(rows: Iterable[Worker]) -> list[LiveWorker]:
    """These workers, the one with most memory first."""
    return sorted(map(LiveWorker.of, rows), key=lambda each: -each.memory)


def reported(name: str) -> LiveWorker:
    """The worker of that name as it has reported itself; one that has not is like this process."""
    row = Worker.objects.filter(pk=name).first()
    return LiveWorker.of(row) if row else LiveWorker(name, "", settings.MEMORY, NARROW, {}, networks_here())


def networks_here() -> frozenset[str]:
    """The backbones whose weights are on this machine."""
    return frozenset(name for name, backbone in BACKBONES.items() if backbone.available)


def width_on(device: str) -> int:
    """The bytes of a number in the network on a device, as it is described."""
    return NARROW if not device or "bfloat16" in device else WIDE


def _read(facts: Any) -> tuple[int, dict[str, Speed], float]:
    """Width, speeds and slowdown as a worker has told them, which may be of another version; 0, none and 1 where it
    has not."""
    try:
        width, slowed = int(facts["width"]), float(facts.get("slowed", 1.0))
    except (KeyError, TypeError, ValueError):
        return 0, {}, 1.0
    return width, speeds.told(facts.get("speeds")), max(1.0, slowed)


def _networks(told: Any) -> frozenset[str] | None:
    return frozenset(told) if isinstance(told, list) and all(isinstance(name, str) for name in told) else None


@functools.lru_cache(maxsize=1024)
def _plan(
    recipe: Recipe,
    sizes: tuple[tuple[Role, tuple[Size, ...]], ...],
    width: int,
    memory: int | None,
    speed: Speed | None,
) -> Plan | str:
    """The plan, or why there is none: large ones take long to find, and the same are asked about again and again."""
    try:
        return kind_of(recipe).foresees.plan(recipe, dict(sizes), width, memory, speed)
    except PlanError as error:
        return str(error)

"""What a render needs of a worker, who has it, and why nobody can do a render that waits."""

import functools
import math
import operator
from dataclasses import astuple, dataclass
from typing import Any, Self

from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual

from gallery.models import Render
from gallery.queueing.workers import NARROW, WIDE, LiveWorker
from transfer import words
from transfer.features.registry import BACKBONES
from transfer.kinds import Sizes, kind_of
from transfer.recipes.base import Recipe

NEEDS_COLUMNS = ("needs_memory", "needs_memory_in_float32", "needs_network", "needs_device", "memory_halvings")


@dataclass(frozen=True)
class Needs:
    """What a worker must have; nothing asks for nothing. The columns of `gallery.models.needs.Needing`.

    `memory` and `memory_in_float32` are bytes, `network` is a backbone's name, `device` a type such as "cuda".
    """

    memory: int = 0
    memory_in_float32: int = 0
    network: str = ""
    device: str = ""

    @classmethod
    def of(cls, render: Render) -> Self:
        """What a row says, with memory that was halved counted in."""
        return cls.of_columns({name: getattr(render, name) for name in NEEDS_COLUMNS})

    @classmethod
    def of_columns(cls, row: dict[str, Any]) -> Self:
        """The same for a row of which only some columns were read, NEEDS_COLUMNS among them."""
        memory, in_float32, network, device, halvings = (row[name] for name in NEEDS_COLUMNS)
        return cls(memory << halvings, in_float32 << halvings, network, device)

    def columns(self) -> dict[str, Any]:
        """As a row keeps it."""
        return dict(zip(NEEDS_COLUMNS, astuple(self), strict=False))

    def memory_on(self, worker: LiveWorker) -> int:
        """The bytes that are needed in the arithmetic of a worker."""
        return self.memory if worker.width == NARROW else self.memory_in_float32


def needs_of(recipe: Recipe, sizes: Sizes) -> Needs:
    """What a render of pictures of these sizes needs, as its kind says."""
    foresees = kind_of(recipe).foresees
    memory, in_float32 = (foresees.least_memory(recipe, sizes, width) for width in (NARROW, WIDE))
    return Needs(memory, in_float32, network=recipe.network)


def can_do(worker: LiveWorker, needs: Needs) -> bool:
    """Whether a worker has what is needed. `doable_by` says the same to the database."""
    return _is_equipped(worker, needs) and (not worker.memory or needs.memory_on(worker) <= worker.memory)


def doable_by(*workers: LiveWorker) -> Q:
    """Renders that one of these workers can do."""
    different = {(each.memory, each.width, each.networks, each.device_type): each for each in workers}
    return functools.reduce(operator.or_, map(_doable_by_one, different.values()), Q(pk__in=[]))


def why_nobody_can(needs: Needs, alive: list[LiveWorker]) -> str:
    """Why no worker that lives can do it, in a sentence; empty where one can."""
    if not alive:
        return "No worker is running: the queue's page says how to start one."
    if any(can_do(worker, needs) for worker in alive):
        return ""
    if not any(worker.has_network(needs.network) for worker in alive):
        return f"No worker that is running has {_title(needs.network)}."
    if not (equipped := [worker for worker in alive if _is_equipped(worker, needs)]):
        return f"No worker that is running has {_named(needs)}."
    largest = max(equipped, key=lambda worker: worker.memory)
    needed = math.ceil(10 * needs.memory_on(largest) / 2**30) / 10
    among = "" if len(equipped) == len(alive) else f" with {_named(needs)}"
    return f"It needs {needed:.1f} GiB of memory, and the largest worker{among} may use {words.memory(largest.memory)}."


def _is_equipped(worker: LiveWorker, needs: Needs) -> bool:
    return worker.has_network(needs.network) and needs.device in ("", worker.device_type)


def _doable_by_one(worker: LiveWorker) -> Q:
    found = Q(needs_device__in={"", worker.device_type})
    if worker.networks is not None:
        found &= Q(needs_network__in={"", *worker.networks})
    if worker.memory:
        column = "needs_memory" if worker.width == NARROW else "needs_memory_in_float32"
        halved = F("memory_halvings")
        needed = F(column).bitleftshift(halved)  # type: ignore[arg-type]  # the stubs know of numbers only
        found &= Q(LessThanOrEqual(needed, worker.memory))
    return found


def _named(needs: Needs) -> str:
    """Network and device, as far as they are asked for."""
    device = f"a device of type {needs.device}" if needs.device else ""
    return " and ".join(filter(None, (_title(needs.network), device)))


def _title(network: str) -> str:
    backbone = BACKBONES.get(network)
    return backbone.title.partition(" (")[0] if backbone else network

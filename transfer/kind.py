"""What a kind of work is: what it is asked for with, what it takes and makes, and by what. Free of torch.

A kind names its painter and its planner by dotted paths, so that reading it loads neither. Form, plan, command line,
JSON, metadata, tables and sweeps are all made from what a kind says of itself.
"""

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from transfer.engine.ladder import Rung
from transfer.inputs import Role, Size, Sizes
from transfer.planning.planner import Plan, Speed
from transfer.recipes.base import Recipe
from transfer.style.advice import PictureFacts

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from transfer.engine.painter import Painter
    from transfer.inputs import Inputs


@dataclass(frozen=True)
class Takes:
    """How many pictures of a role a kind takes, what they are called on a form, and what each of them is for.

    With `heights` they may be heightmaps, which keep their 16 bits, and with `clips` they are films: see
    `transfer.inputs.Input`. `use` is what a link says that takes a picture from somewhere else to here; places without
    it are not offered elsewhere.
    """

    role: Role
    least: int
    most: int
    title: str
    hint: str = ""
    heights: bool = False
    clips: bool = False
    use: str = ""

    @property
    def amount(self) -> str:
        """How many, in words: "1", "1 to 16"."""
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"

    @property
    def places(self) -> range:
        """The places that its pictures may have: see `transfer.inputs.Input`."""
        first = 0 if self.most == 1 or self.role == Role.MASK else 1
        return range(first, first + self.most)


class Planner(Protocol):
    """What can be said of a piece of work before it starts. Any module with these functions; free of torch."""

    def size(self, recipe: Any, sizes: Sizes) -> Size:
        """The size of what will be made."""

    def rungs(self, recipe: Any) -> tuple[Rung, ...]:
        """What is climbed, lowest first."""

    def plan(self, recipe: Any, sizes: Sizes, width: int, memory: int | None, speed: Speed | None) -> Plan:
        """What it needs with numbers of `width` bytes in the network; raises PlanError where `memory` is too small."""

    def least_memory(self, recipe: Any, sizes: Sizes, width: int) -> int:
        """The bytes with which it can just be done: `plan` raises PlanError with fewer; 0 where that cannot be said."""

    def advice(self, recipe: Any, pictures: Mapping[Role, Sequence[PictureFacts]]) -> list[str]:
        """What a person should know before it starts, a sentence each."""


class PainterOf(Protocol):
    """Makes the painter of a piece of work; raises a TransferError where the inputs are not what the recipe needs."""

    def __call__(
        self, inputs: "Inputs", recipe: Any, device: "torch.device", weights: "Path | None" = None
    ) -> "Painter":
        """`weights` is the file of its network, where that is not the usual one."""


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    `makes` is what comes out, in words, with the names of its inputs by role: "{content} in the style of {style}".
    `says` is what it is for, in a sentence for somebody who chooses among kinds.
    `painter` is the dotted path of a `PainterOf`, and `planner` that of a `Planner`. With `films`, a film comes out,
    whose frames count as iterations.
    """

    title: str
    recipe: type[Recipe]
    takes: tuple[Takes, ...]
    makes: str
    painter: str
    planner: str
    says: str = ""
    films: bool = False

    @property
    def name(self) -> str:
        """As its recipes name it."""
        return self.recipe.kind

    @property
    def painter_of(self) -> PainterOf:
        """What makes its painters; loads torch."""
        found: PainterOf = pkgutil.resolve_name(self.painter)
        return found

    @property
    def foresees(self) -> Planner:
        """Its planner."""
        found: Planner = pkgutil.resolve_name(self.planner)
        return found

    def of(self, role: Role) -> Takes | None:
        """What it takes of a role, if anything."""
        return next((each for each in self.takes if each.role == role), None)

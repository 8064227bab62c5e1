"""Generated pictures as work for the queue: the only module here that imports torch."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit
from transfer.engine.step import Step, Tick, ticking
from transfer.images import to_tensor
from transfer.inputs import Inputs, Role
from transfer.synthesis import planner
from transfer.synthesis.exports.beside import beside
from transfer.synthesis.generators import generator_of
from transfer.synthesis.made import Made
from transfer.synthesis.recipes.base import MadeRecipe


class MadePainter:
    """The `transfer.engine.painter.Painter` of a generated picture. It has one step, and nothing to take up again."""

    weights_sha256 = ""
    width = 4
    device = torch.device("cpu")

    def __init__(self, recipe: MadeRecipe, inputs: Inputs) -> None:
        self.recipe, self.rungs, self.inputs = recipe, planner.rungs(recipe), inputs
        self.made: Made | None = None

    def key(self) -> str:
        """See `Painter`."""
        found = hashlib.sha256(self.recipe.canonical_json().encode())
        for picture in self.inputs.of(Role.CONTENT):
            found.update(picture.tobytes())
        return found.hexdigest()

    def earlier_keys(self) -> tuple[str, ...]:
        """See `Painter`: none."""
        return ()

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`; raises PlanError."""
        planner.plan(self.recipe, self.inputs.sizes, self.width, memory, None)
        given = next((each for each in self.inputs.given if each.role == Role.CONTENT), None)
        making = generator_of(self.recipe).make(self.recipe, given)
        self.made = yield from ticking(making, lambda fraction: fraction)
        yield Step.of(Finished(self.rungs[0], self.made.picture), rungs=1, number=1, fraction=1.0)

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`: none."""
        return iter(())

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: height, labels and rivers, where there are any."""
        return {} if self.made is None else beside(self.made)


@dataclass(frozen=True)
class Finished:
    """A picture that was made in one iteration: a `transfer.engine.standing.Iterate`. Nothing follows it."""

    rung: Rung
    picture: Image.Image
    iteration: int = 1
    loss: float = 0.0

    def image(self, iteration: int) -> Tensor:
        """See `Shown`."""
        return to_tensor(self.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """See `Shown`."""
        small = fit(self.picture.size, min(long_side, max(self.picture.size)))
        return to_tensor(self.picture.resize(small, Image.Resampling.BOX))


def painter(inputs: Inputs, recipe: MadeRecipe, device: torch.device, weights: Path | None = None) -> MadePainter:
    """See `transfer.kind.PainterOf`."""
    return MadePainter(recipe, inputs)

"""A render: climb the ladder, and on each rung minimise the objective over the pixels.

`render` is an iterator of `Step`s, and of `Tick`s between the tiles of a large iteration. Showing progress, keeping
pictures and checkpoints, cancelling: all that is the caller's, who looks at a step, takes what is wanted, and stops
iterating at will.
"""

import contextlib
import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import torch
from torch import Tensor
from torch.linalg import LinAlgError  # type: ignore[attr-defined]

from transfer.devices import precision
from transfer.engine.canvas import Below, Canvas, restored_anchors
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, fit, rungs, total_work, work
from transfer.engine.optimisers import Momentum, PixelAdam, PixelLBFGS, PixelOptimiser
from transfer.engine.painting import Painting
from transfer.engine.step import Step, Tick
from transfer.errors import CheckpointError, RenderError
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.planning.planner import Layout, layout, smallest_tile
from transfer.process import release_freed_memory
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs
from transfer.style.objective import Objective
from transfer.style.scene import Scene
from transfer.style.targets import targets

Result = TypeVar("Result")


def render(
    inputs: StyleInputs,
    recipe: StyleRecipe,
    network: FeatureNetwork,
    memory: int | None = None,
    resume: State | None = None,
) -> Iterator[Step | Tick]:
    """Paints `inputs.content` in the manner of `inputs.styles`, on the device where `network` is.

    Yields after every iteration; the last step's image has a long side of `recipe.image_size`. `memory` is what may be
    used, in bytes; the pixels depend on it. `resume` goes on from a state of the same render, or from a finished rung
    of one that differs in `image_size` only. Raises PictureError and MaskError when the inputs are not those that the
    recipe asks for, PlanError when the memory is too small, and RenderError when the loss stays not finite.
    """
    yield from _Render(inputs.prepared(recipe), recipe, network, memory).steps(resume)


def looked_back(
    inputs: StyleInputs, recipe: StyleRecipe, network: FeatureNetwork, states: Iterable[State]
) -> Iterator[Step]:
    """The last steps of rungs that were finished before, to be looked at; `states` are those of finished rungs."""
    painted = _Render(inputs.prepared(recipe), recipe, network, None)
    for state in states:
        rung = painted.rungs[painted._index(state)]
        painted.number = state.number
        yield painted._step(Canvas.finished(painted.scene, rung, state), state.iteration)


class _Render:
    """One render, with what its rungs have in common."""

    def __init__(self, inputs: StyleInputs, recipe: StyleRecipe, network: FeatureNetwork, memory: int | None) -> None:
        self.recipe, self.network, self.memory = recipe, network, memory
        self.scene = Scene(inputs, recipe, network.mean.device, torch.promote_types(network.dtype, torch.float32))
        self.rungs = rungs(recipe)
        self.everything = total_work(self.rungs, inputs.content.size)
        self.most_pixels: int | None = None  # of a tile, where memory ran out
        self.number = 0
        self.notes: tuple[str, ...] = ()

    def steps(self, resume: State | None) -> Iterator[Step | Tick]:
        """Every rung, from the lowest, or from where `resume` stands."""
        below, first = None, 0
        if resume is not None:
            self.number, first = resume.number, self._index(resume)
            if resume.finished and first == len(self.rungs) - 1:
                yield self._step(Canvas.finished(self.scene, self.rungs[-1], resume), resume.iteration)
                return
            if resume.finished:
                below, resume, first = Below.restored(resume), None, first + 1
        for rung in self.rungs[first:]:
            below = yield from self._rung(rung, below, resume)
            resume = None

    def _index(self, state: State) -> int:
        """The rung on which a state stands."""
        sides = [rung.long_side for rung in self.rungs]
        if state.long_side not in sides:
            raise CheckpointError(f"The checkpoint stands at {state.long_side} px, where this render does not pass.")
        return sides.index(state.long_side)

    def _rung(self, rung: Rung, below: Below | None, state: State | None) -> Generator[Step | Tick, None, Below]:
        """All iterations of a rung. Where memory runs out, goes on from the last of them with smaller tiles."""
        canvas: Canvas | None = None
        while True:
            try:
                if canvas is None:
                    canvas = yield from self._ticking(rung, 0, self._begin(rung, below, state))
                    below = state = None
                return (yield from self._paint(canvas))
            except (MemoryError, RuntimeError) as error:
                if not ran_out_of_memory(error):
                    raise
                if canvas is not None:
                    state, canvas = canvas.state(canvas.iteration, self.number), None
                self._make_room(rung, error)

    def _begin(self, rung: Rung, below: Below | None, state: State | None) -> Generator[float, None, Canvas]:
        """A rung with its targets, at its start or at `state`."""
        planned = self._layout(rung)
        release_freed_memory()
        with _explained(f"the targets of {rung.long_side} px"):
            content, styles = self.scene.content(rung), self.scene.styles(rung)
            found = yield from targets(
                self.network, self.recipe, content, styles, planned.tile_pixels, planned.keeps_content
            )
        release_freed_memory()
        if state is not None:
            start, momentum, preview = state.tensors["image"], None, state.tensors.get("preview")
            anchors = restored_anchors(state)
        elif below is not None:
            start, momentum, preview = self.scene.start(rung, below.picture), below.momentum, below.preview
            anchors = below.anchors()
        else:
            start, momentum, preview, anchors = self.scene.start(rung, None), None, None, []
        objective = Objective(self.network, self.recipe, rung, found, anchors, planned.tile_pixels)
        optimiser = self._optimiser(rung, start, momentum, planned.corrections)
        painting = Painting(objective, optimiser, rung, self.recipe.early_stopping)
        if state is not None:
            painting.restore(state.tensors, state.values)
        if below is not None:
            below.hand_on()
        return Canvas(self.scene, rung, painting, anchors, preview)

    def _layout(self, rung: Rung) -> Layout:
        size, width = self.scene.inputs.content.size, self.network.dtype.itemsize
        planned = layout(self.recipe, rung, size, width, self.memory)
        if self.most_pixels is None:
            return planned
        return replace(planned, tile_pixels=min(self.most_pixels, planned.tile_pixels))

    def _optimiser(self, rung: Rung, start: Tensor, momentum: Momentum | None, corrections: int) -> PixelOptimiser:
        if self.recipe.optimizer == "lbfgs":
            return PixelLBFGS(start, corrections)
        return PixelAdam(start, rung.learning_rate, momentum)

    def _paint(self, canvas: Canvas) -> Generator[Step | Tick, None, Below]:
        """What is left of a rung's iterations."""
        below = None
        while below is None:
            rung, number = canvas.rung, canvas.iteration
            with _explained(f"iteration {number + 1} of {rung.long_side} px"):
                canvas.losses = yield from self._ticking(rung, number, canvas.painting.step())
            self.number += 1
            if canvas.painting.done:
                below = canvas.end()
                release_freed_memory()
            yield self._step(canvas, canvas.iteration)
        return below

    def _step(self, canvas: Canvas, iteration: int) -> Step:
        rung, ends = canvas.rung, canvas.below is not None
        return Step(
            rung=rung,
            rungs=len(self.rungs),
            iteration=iteration,
            number=self.number,
            ends_rung=ends,
            fraction=self._fraction(rung, rung.iterations if ends else iteration),
            losses=canvas.losses,
            prints=_is_due(self.number, self.recipe.print_iter),
            saves=_is_due(self.number, self.recipe.save_iter),
            notes=self.notes,
            canvas=canvas,
        )

    def _fraction(self, rung: Rung, iterations: float) -> float:
        """The share of the whole render's work that is done after this many iterations of a rung."""
        size = self.scene.inputs.content.size
        done = total_work(self.rungs[: rung.index], size)
        return (done + iterations * work(rung, fit(size, rung.long_side), 1)) / self.everything

    def _ticking(
        self, rung: Rung, iteration: int, steps: Generator[float, None, Result]
    ) -> Generator[Tick, None, Result]:
        """Goes through a piece of work, with a tick at each of its pauses."""
        while True:
            try:
                share = next(steps)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield Tick(self._fraction(rung, iteration + share))

    def _make_room(self, rung: Rung, error: Exception) -> None:
        """Halves the tiles; where they are smallest already, goes over to the CPU; raises RenderError in the end."""
        field = BACKBONES[self.recipe.backbone].field(self.recipe.layers)
        before, smallest = self._layout(rung).tile_pixels, smallest_tile(field)
        self.most_pixels = max(smallest, min(before, math.prod(self.scene.size(rung))) // 2)
        if self.most_pixels < before:
            self.notes += (f"Memory ran out at {rung.long_side} px: painted in smaller tiles from there.",)
            return
        if self.scene.device.type == "cpu":
            raise RenderError(f"There is not enough memory for {rung.long_side} px: choose a smaller size.") from error
        self.notes += (
            f"The memory of {self.scene.device} ran out at {rung.long_side} px: painted on the CPU from there.",
        )
        self.most_pixels = None
        self.scene.device = torch.device("cpu")
        self.network = self.network.to("cpu").frozen(precision(self.scene.device))


def _is_due(number: int, every: int) -> bool:
    return every > 0 and number % every == 0


@contextlib.contextmanager
def _explained(where: str) -> Iterator[None]:
    """Says in words what numbers that are not finite have led to."""
    try:
        yield
    except (FloatingPointError, LinAlgError) as error:
        raise RenderError(
            f"The loss is no longer finite in {where}: lower the learning rate or the weights of the recipe."
        ) from error


def ran_out_of_memory(error: Exception) -> bool:
    """Whether that is what happened; torch has no error of its own for the CPU's memory."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in str(error)

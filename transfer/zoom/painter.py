"""Films a zoom: frame after frame, each a dream of its own.

A frame counts as an iteration, so a film goes on at its last frame, and what it shows meanwhile is that.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import torch

from transfer.engine import checkpoint
from transfer.engine.canvas import Canvas
from transfer.engine.checkpoint import State
from transfer.engine.ladder import index_of
from transfer.engine.step import Step, Tick, is_due, ticking
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.film.reel import Reel
from transfer.inputs import Inputs, Role
from transfer.zoom import planner
from transfer.zoom.frames import Zoom
from transfer.zoom.recipe import ZoomRecipe
from transfer.zoom.standing import Standing


class ZoomPainter:
    """The `transfer.engine.painter.Painter` of zooms."""

    def __init__(self, inputs: Inputs, zoom: Zoom) -> None:
        self.inputs, self.zoom = inputs, zoom
        self.weights_sha256, self.width = zoom.network.sha256, zoom.network.dtype.itemsize
        self.rungs = planner.rungs(zoom.recipe)
        self._notes: tuple[str, ...] = ()

    @property
    def device(self) -> torch.device:
        """See `Painter`."""
        return self.zoom.network.mean.device

    def key(self) -> str:
        """See `Painter`."""
        goal = self.zoom.goal(self.zoom.content)
        return checkpoint.key([*goal.identity(), self.zoom.recipe.image_size])

    def earlier_keys(self) -> tuple[str, ...]:
        """See `Painter`: none."""
        return ()

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`; raises what `render` raises, and CheckpointError."""
        recipe, rung = self.zoom.recipe, self.rungs[0]
        planner.plan(recipe, self.inputs.sizes, self.width, memory)
        left = None if memory is None else memory - planner.kept(recipe, self.inputs.sizes)
        at = Standing(rung, self.zoom.content, Reel(recipe.rate))
        if resume is not None:
            at = self._restored(resume)
            if at.iteration == rung.iterations:
                yield self._step(at)
        while at.iteration < rung.iterations:
            at = yield from self._after(at, left)
            yield self._step(at)

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`."""
        return (self._step(self._restored(state)) for state in states)

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: the film."""
        return {"film": cast(Standing, last.canvas).film()}

    def _after(self, at: Standing, memory: int | None) -> Generator[Tick, None, Standing]:
        """What stands after one more frame."""
        number, recipe = at.iteration, self.zoom.recipe
        dreaming = self.zoom.frame(number, at.picture, at.beginning, memory)
        frame = yield from ticking(dreaming, lambda part: (number + part) / at.rung.iterations)
        self._notes += tuple(note for note in frame.notes if note not in self._notes)
        at = replace(at, picture=frame.picture, iteration=number + 1, loss=frame.loss)
        if number < recipe.fade:
            return replace(at, beginning=(*at.beginning, frame.picture))
        return replace(at, reel=at.reel.and_then(frame.picture))

    def _restored(self, state: State) -> Standing:
        return Standing.restored(self.rungs[index_of(self.rungs, state.long_side)], self.zoom.recipe.rate, state)

    def _step(self, at: Standing) -> Step:
        return Step(
            rung=at.rung,
            rungs=len(self.rungs),
            iteration=at.iteration,
            number=at.iteration,
            ends_rung=at.iteration == at.rung.iterations,
            fraction=at.iteration / at.rung.iterations,
            losses={"total": at.loss},
            prints=is_due(at.iteration, self.zoom.recipe.print_iter),
            saves=is_due(at.iteration, self.zoom.recipe.save_iter),
            notes=self._notes,
            canvas=cast(Canvas, at),
        )


def painter(inputs: Inputs, recipe: ZoomRecipe, device: torch.device, weights: Path | None = None) -> ZoomPainter:
    """See `transfer.kind.PainterOf`.

    Raises WeightsError where the network cannot be had, and PictureError where there is no picture.
    """
    content = inputs.one(Role.CONTENT)
    if content is None:
        raise PictureError("A zoom needs a content picture.")
    return ZoomPainter(inputs, Zoom(content, inputs.one(Role.GUIDE), recipe, network_for(recipe, device, weights)))

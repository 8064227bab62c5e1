"""Films a zoom: frame after frame, each a dream of its own."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import torch

from transfer.engine import checkpoint
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.engine.step import Step, Tick, is_due, ticking
from transfer.errors import PictureError
from transfer.features.loading import network_for
from transfer.film.frame_by_frame import FramePainter
from transfer.film.reel import Reel
from transfer.inputs import Inputs, Role
from transfer.zoom import planner
from transfer.zoom.frames import Zoom
from transfer.zoom.recipe import ZoomRecipe
from transfer.zoom.standing import Standing


class ZoomPainter(FramePainter[Standing]):
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

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`; raises what `render` raises, and CheckpointError."""
        recipe, rung = self.zoom.recipe, self.rungs[0]
        planner.plan(recipe, self.inputs.sizes, self.width, memory)
        left = None if memory is None else memory - planner.kept(recipe, self.inputs.sizes)
        beginning = Standing(rung, Reel(recipe.rate), self.zoom.content)
        yield from self._steps(beginning, resume, lambda at: self._after(at, left))

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

    def _restored(self, rung: Rung, state: State) -> Standing:
        return Standing.restored(rung, self.zoom.recipe.rate, state)

    def _step(self, at: Standing) -> Step:
        recipe, number = self.zoom.recipe, at.iteration
        due = is_due(number, recipe.print_iter), is_due(number, recipe.save_iter)
        return Step.of(at, len(self.rungs), number, number / at.rung.iterations, *due, self._notes)


def painter(inputs: Inputs, recipe: ZoomRecipe, device: torch.device, weights: Path | None = None) -> ZoomPainter:
    """See `transfer.kind.PainterOf`.

    Raises WeightsError where the network cannot be had, and PictureError where there is no picture.
    """
    content = inputs.one(Role.CONTENT)
    if content is None:
        raise PictureError("A zoom needs a content picture.")
    return ZoomPainter(inputs, Zoom(content, inputs.one(Role.GUIDE), recipe, network_for(recipe, device, weights)))

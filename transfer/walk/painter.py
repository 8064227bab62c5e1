"""Films a walk: station after station, and the frames between them."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import torch

from transfer.engine import checkpoint
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung
from transfer.engine.step import Step, Tick, ticking
from transfer.film.frame_by_frame import FramePainter
from transfer.film.reel import Reel
from transfer.images import to_picture
from transfer.inputs import Inputs
from transfer.variation import rungs as pyramid
from transfer.variation.scene import Scene
from transfer.walk import path, planner, station
from transfer.walk.recipe import WalkRecipe
from transfer.walk.standing import Standing


class WalkPainter(FramePainter[Standing]):
    """The `transfer.engine.painter.Painter` of walks."""

    weights_sha256 = ""
    width = 4

    def __init__(self, inputs: Inputs, recipe: WalkRecipe, device: torch.device) -> None:
        self.inputs, self.recipe, self.device = inputs, recipe, device
        self.rungs = planner.rungs(recipe)
        self.scene = Scene(inputs, recipe, device)
        self._costs = planner.costs(recipe, inputs.sizes)
        self._before = [0.0, *accumulate(map(sum, self._costs))]

    def key(self) -> str:
        """See `Painter`."""
        return checkpoint.key([*self.scene.identity(), self.recipe.image_size])

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        """See `Painter`; raises PlanError and CheckpointError."""
        planner.plan(self.recipe, self.inputs.sizes, self.width, memory, None)
        beginning = Standing(self.rungs[0], Reel(self.recipe.rate), self.scene.picture)
        yield from self._steps(beginning, resume, self._after)

    @cached_property
    def _way(self) -> path.Path:
        return path.Path(self.scene, pyramid.rungs(self.recipe))

    def _after(self, at: Standing) -> Generator[Tick, None, Standing]:
        """What stands after one more frame."""
        at = yield from self._with_stations(at)
        return (yield from self._with_frame(at))

    def _with_stations(self, at: Standing) -> Generator[Tick, None, Standing]:
        """The same with the stations that the next frame needs, and no others but the first one of a film."""
        leg, _ = self.recipe.place(at.iteration)
        needed = {number % self.recipe.stations for number in (leg, leg + 1)}
        found = {number: each for number, each in at.stations.items() if number in {0, *needed}}
        missing = sorted(needed - found.keys())

        def done_after(stations: int) -> Callable[[float], float]:
            return lambda part: self._done(at, (stations + part) / len(missing), 0.0)

        for place, number in enumerate(missing):
            making = station.made(self.inputs, self.recipe.station(number), self.device)
            found[number] = yield from ticking(making, done_after(place))
        return replace(at, stations=found)

    def _with_frame(self, at: Standing) -> Generator[Tick, None, Standing]:
        """The same after one more frame, for which all stations are there."""
        leg, passed = self.recipe.place(at.iteration)
        here, there = (at.stations[number % self.recipe.stations] for number in (leg, leg + 1))
        making = self._way.frame(at.iteration, here, there, passed, at.fields)
        frame = yield from ticking(making, lambda part: self._done(at, 1.0, part))
        return at.and_then(frame, to_picture(self.scene.palette.shown(frame.picture)))

    def _done(self, at: Standing, of_stations: float, of_frame: float) -> float:
        """What part of the work is done with so much of what the next frame takes."""
        stations, frame = self._costs[at.iteration]
        return (self._before[at.iteration] + of_stations * stations + of_frame * frame) / self._before[-1]

    def _restored(self, rung: Rung, state: State) -> Standing:
        return Standing.restored(rung, self.recipe.rate, self.recipe.stations, state)

    def _step(self, at: Standing) -> Step:
        return Step.of(at, len(self.rungs), at.iteration, self._before[at.iteration] / self._before[-1])


def painter(inputs: Inputs, recipe: WalkRecipe, device: torch.device, weights: Path | None = None) -> WalkPainter:
    """See `transfer.kind.PainterOf`; raises PictureError where there is no picture."""
    return WalkPainter(inputs, recipe, device)

"""Makes a variation: size after size, distributions are moved onto the picture's, then patches find their nearest.

There is no loss that is minimised by its gradient here, so this is no goal of the engine's; its rungs, steps, states
and keys are.
"""

import time
from collections.abc import Generator, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import torch
from torch.nn import functional

from transfer.engine import checkpoint
from transfer.engine.checkpoint import State
from transfer.engine.ladder import Rung, index_of
from transfer.engine.step import Step, Tick
from transfer.inputs import Inputs
from transfer.variation import planner
from transfer.variation import rungs as pyramid
from transfer.variation.balance import Balance
from transfer.variation.nearest import Matcher, enlarged, voted
from transfer.variation.recipe import VariationRecipe
from transfer.variation.scene import Scene
from transfer.variation.source import Source
from transfer.variation.standing import Standing

PAUSE = 0.5  # seconds between two signs of life within an iteration
Result = TypeVar("Result")


class VariationPainter:
    """The `transfer.engine.painter.Painter` of variations."""

    weights_sha256 = ""
    width = 4

    def __init__(self, inputs: Inputs, recipe: VariationRecipe, device: torch.device) -> None:
        self.recipe, self.device, self.inputs = recipe, device, inputs
        self.rungs = pyramid.rungs(recipe)
        self.scene = Scene(inputs, recipe, device)

    def key(self) -> str:
        """See `Painter`."""
        return checkpoint.key(self.scene.identity())

    def earlier_keys(self) -> tuple[str, ...]:
        """See `Painter`: none."""
        return ()

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step[Standing] | Tick]:
        """See `Painter`; raises PlanError and CheckpointError."""
        planned = planner.plan(self.recipe, self.inputs.sizes, self.width, memory, None)
        counter = _Counter(self, [rung.seconds or 0.0 for rung in planned.rungs])
        below, first = None, 0
        if resume is not None:
            first, counter.number = index_of(self.rungs, resume.long_side), resume.number
            if resume.finished:
                below = Standing.restored(self.scene, self.rungs[first], resume)
                resume, first = None, first + 1
                if first == len(self.rungs):
                    yield counter.step(below)
        for rung in self.rungs[first:]:
            at = None if resume is None else Standing.restored(self.scene, rung, resume)
            for found in self._at(rung, below, at):
                if found is None:
                    yield Tick(counter.done)
                    continue
                counter.number += 1
                below = found
                yield counter.step(found)
            resume = None

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        """See `Painter`."""
        for state in states:
            rung = self.rungs[index_of(self.rungs, state.long_side)]
            counter = _Counter(self, [1.0] * len(self.rungs))
            counter.number = state.number
            yield counter.step(Standing.restored(self.scene, rung, state))

    def beside(self, last: Step) -> dict[str, bytes]:
        """See `Painter`: nothing."""
        return {}

    def _at(self, rung: Rung, below: Standing | None, at: Standing | None) -> Iterator[Standing | None]:
        """What stands on a rung after each of its iterations, and None in the midst of one, now and then.

        `at` is where it goes on, if it has begun.
        """
        source = self.scene.source(rung)
        kept = self.scene.kept(rung, source)
        if at is None:
            at = self._begun(rung, below, source)
        first, matches, balances = pyramid.phases(self.recipe, rung.long_side / self.rungs[0].long_side)
        matcher, balance = None, Balance(source, self.recipe, self.rungs[0].long_side)
        for iteration in range(at.iteration, rung.iterations):
            drawn = self.scene.drawn(rung, iteration + 1)
            image, field, loss, velocity = at.picture, at.field, at.loss, at.velocity
            if iteration < first:
                work = balance.moved(image, velocity, first - iteration, first, drawn)
                image, velocity, loss = yield from _with_pauses(work)
            elif iteration < first + matches:
                matcher, velocity = matcher or Matcher(source), None
                field = yield from _with_pauses(matcher.field(image, () if field is None else (field,), drawn))
                image = yield from _with_pauses(voted(source, field))
            else:
                work = balance.moved(image, velocity, rung.iterations - iteration, balances, drawn)
                image, velocity, loss = yield from _with_pauses(work)
            image = image if kept is None else kept.put(image)
            at = Standing(self.scene, rung, image, field, iteration + 1, loss, velocity)
            yield at

    def _begun(self, rung: Rung, below: Standing | None, source: Source) -> Standing:
        if below is None:
            return Standing(self.scene, rung, self.scene.start(rung, source, self.scene.drawn(rung, 0)))
        width, height = self.scene.size(rung)
        picture = functional.interpolate(below.picture, (height, width), mode="bicubic", align_corners=False)
        field = below.field
        if field is not None:
            side = self.recipe.patch_size
            field = enlarged(field, source, self.scene.grid(below.rung), (height - side + 1, width - side + 1))
        return Standing(self.scene, rung, picture, field)


class _Counter:
    """Makes a variation's steps: `number` iterations so far, and what part of the work that is."""

    def __init__(self, painter: VariationPainter, seconds: list[float]) -> None:
        self.rungs, self.number = painter.rungs, 0
        self.seconds, self.before, self.done = seconds, [0.0, *accumulate(seconds)], 0.0

    def fraction(self, at: Standing) -> float:
        """The share of all work that is done."""
        index = at.rung.index
        return (self.before[index] + self.seconds[index] * at.iteration / at.rung.iterations) / self.before[-1]

    def step(self, at: Standing) -> Step[Standing]:
        """The step that this is."""
        self.done = self.fraction(at)
        return Step.of(at, len(self.rungs), self.number, self.done)


def painter(
    inputs: Inputs, recipe: VariationRecipe, device: torch.device, weights: Path | None = None
) -> VariationPainter:
    """See `transfer.kind.PainterOf`; raises PictureError where there is no picture."""
    return VariationPainter(inputs, recipe, device)


def _with_pauses(work: Generator[None, None, Result]) -> Generator[None, None, Result]:
    """Goes through a piece of work, and pauses where it does, but not all the time."""
    begun = time.monotonic()
    while True:
        try:
            next(work)
        except StopIteration as ended:
            found: Result = ended.value
            return found
        if time.monotonic() - begun > PAUSE:
            yield
            begun = time.monotonic()

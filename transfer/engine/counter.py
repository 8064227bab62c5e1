"""Counts a render's iterations: makes its steps, and the ticks between them."""

from collections.abc import Generator
from typing import TypeVar

from transfer.engine.canvas import Canvas
from transfer.engine.goal import Goal
from transfer.engine.ladder import Rung, work
from transfer.engine.step import Step, Tick, is_due, ticking

Result = TypeVar("Result")


class StepCounter:
    """Of one render: `number` iterations so far, and notes of what went otherwise than planned."""

    def __init__(self, goal: Goal, number: int = 0) -> None:
        self.goal, self.number = goal, number
        self.notes: tuple[str, ...] = ()
        self._work = [work(rung, goal.size(rung)) for rung in goal.rungs]

    def note(self, sentence: str) -> None:
        """Something went otherwise than planned; the same is said once."""
        if sentence not in self.notes:
            self.notes += (sentence,)

    def step(self, canvas: Canvas) -> Step[Canvas]:
        """The step of what the canvas has become."""
        rung, recipe, ends = canvas.rung, self.goal.recipe, canvas.below is not None
        return Step(
            rung=rung,
            rungs=len(self.goal.rungs),
            iteration=canvas.iteration,
            number=self.number,
            ends_rung=ends,
            fraction=self._fraction(rung, rung.iterations if ends else canvas.iteration),
            losses=canvas.losses,
            prints=is_due(self.number, recipe.print_iter),
            saves=is_due(self.number, recipe.save_iter),
            notes=self.notes,
            canvas=canvas,
        )

    def ticking(
        self, rung: Rung, iteration: int, steps: Generator[float, None, Result]
    ) -> Generator[Tick, None, Result]:
        """Goes through the work of one iteration, or before the first, with a tick at each of its pauses."""
        return (yield from ticking(steps, lambda share: self._fraction(rung, iteration + share)))

    def _fraction(self, rung: Rung, iterations: float) -> float:
        """The share of the whole render's work that is done after this many iterations of a rung."""
        done = sum(self._work[: rung.index])
        return (done + iterations * work(rung, self.goal.size(rung), 1)) / sum(self._work)

"""A render: climb the ladder, and on each rung minimise the goal's objective over the pixels.

`render` is an iterator of `Step`s, and of `Tick`s between the tiles of a large iteration. Showing progress, keeping
pictures and checkpoints, cancelling: all that is the caller's, who looks at a step, takes what is wanted, and stops
iterating at will.
"""

from collections.abc import Generator, Iterable, Iterator

from transfer.devices import is_lost
from transfer.engine.canvas import Below, Canvas, make_room
from transfer.engine.checkpoint import State
from transfer.engine.counter import StepCounter
from transfer.engine.goal import Goal
from transfer.engine.ladder import Rung, index_of
from transfer.engine.painting import explained
from transfer.engine.shortage import Shortage, ran_out_of_memory
from transfer.engine.step import Step, Tick
from transfer.errors import DeviceError


def render(goal: Goal, memory: int | None = None, resume: State | None = None) -> Iterator[Step[Canvas] | Tick]:
    """Yields after every iteration; the last step's picture is the result.

    `memory` is what may be used, in bytes; the pixels depend on it. `resume` goes on from a state of the same render,
    or from a finished rung of one whose ladder has that rung too. Raises PlanError when the memory is too small,
    RenderError when the loss stays not finite, DeviceError when the device fails, and CheckpointError for a state that
    stands on no rung of this render.
    """
    counter, shortage = StepCounter(goal, resume.number if resume else 0), Shortage(goal, memory)
    below, first = None, index_of(goal.rungs, resume.long_side) if resume else 0
    if resume is not None and resume.finished:
        if first == len(goal.rungs) - 1:
            yield counter.step(Canvas.finished(goal, goal.rungs[first], resume))
        below, resume, first = Below.restored(resume), None, first + 1
    for rung in goal.rungs[first:]:
        below, resume = (yield from _climb(counter, shortage, rung, below, resume)), None


def finished(goal: Goal, states: Iterable[State]) -> Iterator[Step[Canvas]]:
    """The last steps of rungs that were finished before; `states` are those of finished rungs."""
    for state in states:
        rung = goal.rungs[index_of(goal.rungs, state.long_side)]
        yield StepCounter(goal, state.number).step(Canvas.finished(goal, rung, state))


def _climb(
    counter: StepCounter, shortage: Shortage, rung: Rung, below: Below | None, state: State | None
) -> Generator[Step[Canvas] | Tick, None, Below]:
    """All iterations of a rung. Where memory runs out, goes on from the last of them in less of it."""
    canvas: Canvas | None = None
    while True:
        try:
            if canvas is None:
                begun = Canvas.begun(counter.goal, rung, shortage.layout(rung), below, state)
                canvas = yield from counter.ticking(rung, 0, begun)
                below = state = None
            return (yield from _paint(counter, canvas))
        except (MemoryError, RuntimeError) as error:
            if is_lost(error) and not ran_out_of_memory(error):
                raise DeviceError(
                    f"{counter.goal.device} failed at {rung.long_side} px: do the same again, and the CPU paints "
                    "where it does not answer."
                ) from error
            if not ran_out_of_memory(error):
                raise
            if canvas is not None:
                state, canvas = canvas.state(canvas.iteration, counter.number), None
            counter.note(shortage.make_room(rung, error))


def _paint(counter: StepCounter, canvas: Canvas) -> Generator[Step[Canvas] | Tick, None, Below]:
    """What is left of a rung's iterations."""
    below = None
    while below is None:
        done = canvas.iteration
        with explained(f"iteration {done + 1} of {canvas.rung.long_side} px"):
            canvas.losses = yield from counter.ticking(canvas.rung, done, canvas.painting.step())
        counter.number += 1
        if canvas.painting.done:
            below = canvas.end()
            make_room(canvas.rung)
        yield counter.step(canvas)
    return below

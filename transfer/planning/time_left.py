"""How long a render will still take, from how long it took so far. Free of torch.

The plan knows how the rungs compare, and not how busy the machine is; the render so far knows that. So what is left of
the plan is scaled by how many seconds a planned second took lately: what lies a rung back counts half.
"""

import itertools
from collections.abc import Callable, Sequence

from transfer.engine.ladder import Rung
from transfer.planning import speeds
from transfer.planning.planner import Plan, RungPlan, Speed

USUAL = Speed(iteration=0.01, look=2e-7, paint=8e-7)  # of a processor, where none was measured: how its parts compare
FEWEST_STEPS = 6  # before anything is told
FARTHEST = 3.0  # times: a measurement further from what is seen was spoilt by something else on the machine


def foreseen(plan: Callable[[Speed], Plan], network: str, device: str) -> "TimeLeft":
    """For a render that `plan` plans by a speed, through a network on a device, as it is described."""
    measured = speeds.known().get(device, {}).get(network)
    return TimeLeft(*(plan(speed).rungs for speed in (measured, USUAL) if speed))


class TimeLeft:
    """Follows one render from step to step. `plans` are equally long lists of a render's rungs, each planned by another
    speed: the first is gone by, but for those that are far off at the end of a rung."""

    def __init__(self, *plans: Sequence[RungPlan]) -> None:
        self._plans = [_Pace(plan) for plan in plans]

    def note(self, rung: Rung, iteration: int, now: float) -> None:
        """The render has done so many iterations of a rung at the clock's time `now`, in seconds."""
        for pace in self._plans:
            pace.note(rung, iteration, now)
        if iteration == rung.iterations:
            near = [each for each in self._plans if each.scale and 1 / FARTHEST < each.scale < FARTHEST]
            self._plans = near or self._plans[-1:]

    @property
    def seconds(self) -> float | None:
        """What is left from the last step on; None while too little is known."""
        best = self._plans[0]
        return None if best.scale is None else best.left * best.scale


class _Pace:
    """By one plan: what is left of it, and the seconds that one of its seconds takes."""

    def __init__(self, plan: Sequence[RungPlan]) -> None:
        seconds = [each.seconds or 0.0 for each in plan]
        self.ends = list(itertools.accumulate(seconds))
        self.paces = [
            (whole - (each.seconds_before or 0.0)) / each.iterations for each, whole in zip(plan, seconds, strict=True)
        ]
        self.steps, self.planned, self.taken = 0, 0.0, 0.0
        self.place = self.clock = 0.0

    def note(self, rung: Rung, iteration: int, now: float) -> None:
        """See `TimeLeft`."""
        place = self.ends[rung.index] - (rung.iterations - iteration) * self.paces[rung.index]
        if self.steps:
            self.place = max(self.place, self.ends[rung.index - 1] if rung.index else 0.0)  # a rung may end early
            fading = 0.5 ** (1 / rung.iterations)
            self.planned = self.planned * fading + place - self.place
            self.taken = self.taken * fading + now - self.clock
        self.steps, self.place, self.clock = self.steps + 1, place, now

    @property
    def left(self) -> float:
        """Planned seconds that are left."""
        return self.ends[-1] - self.place

    @property
    def scale(self) -> float | None:
        """Seconds taken for a planned one, lately."""
        return self.taken / self.planned if self.steps >= FEWEST_STEPS and self.planned > 0 else None

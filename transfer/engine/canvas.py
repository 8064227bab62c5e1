"""A rung's picture while it is painted, with all that is needed to show it, to keep it, and to go on."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.goal import Goal
from transfer.engine.ladder import PREVIEW, Rung, fit
from transfer.engine.layout import Layout
from transfer.engine.optimisers import Momentum, PixelAdam
from transfer.engine.painting import Painting, explained
from transfer.images import smaller
from transfer.losses.anchor import Anchor
from transfer.process import release_freed_memory
from transfer.room import apart
from transfer.tiling.wrap import Wrap

# Chosen: what part of a rung's size the next one holds on to, and how much it counts to hold on to all of the preview:
# as long as the picture is composed, and from an octave above the preview on, where each size takes it further away.
COARSE, PREVIEW_WEIGHT, PREVIEW_WEIGHT_ABOVE = 0.5, 3.0, 12.0
SMALL = 512  # px: chosen, up to which freed memory stays: what is used again at once would be mapped and zeroed anew


@dataclass
class Below:
    """What a finished rung leaves for the next: its picture (1, 3, H, W) in [0, 1], Adam's momentum if it was Adam
    that painted it, and the picture of `PREVIEW` px from that rung on.
    """

    picture: Tensor
    momentum: Momentum | None
    preview: Tensor | None
    handed_on: bool = False

    @classmethod
    def restored(cls, state: State) -> "Below":
        """That of a finished state."""
        found = state.tensors
        momentum = Momentum(found["first"], found["second"], state.values["steps"]) if "first" in found else None
        preview = found["picture"] if state.long_side == PREVIEW else found.get("preview")
        return cls(found["picture"], momentum, preview)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """What `restored` needs: tensors, and plain values."""
        tensors, values = {"picture": self.picture}, dict[str, Any]()
        if self.preview is not None and self.preview is not self.picture:
            tensors["preview"] = self.preview
        if self.momentum is not None:
            tensors |= {"first": self.momentum.first, "second": self.momentum.second}
            values["steps"] = self.momentum.steps
        return tensors, values

    def move_to(self, device: torch.device) -> None:
        """Brings it to where the next rung is painted; nothing changes where it is there already."""
        picture, preview = self.picture, self.preview
        self.picture = picture.to(device)
        self.preview = self.picture if preview is picture else None if preview is None else preview.to(device)
        if self.momentum is not None:
            self.momentum = self.momentum.on(device)

    def hand_on(self) -> None:
        """The next rung has what it needs; the picture alone stays, for whoever looks at it."""
        self.momentum, self.handed_on = None, True

    def anchors(self, wrap: Wrap) -> list[Anchor]:
        """What the next rung holds on to: coarse shapes of this one, and above `PREVIEW` px all the preview shows."""
        anchors = [Anchor.of(self.picture, COARSE, wrap=wrap)]
        weight = PREVIEW_WEIGHT if max(self.picture.shape[2:]) < 2 * PREVIEW else PREVIEW_WEIGHT_ABOVE
        return anchors if self.preview is None else [*anchors, Anchor.of(self.preview, 1.0, weight, wrap)]


def make_room(rung: Rung) -> None:
    """Returns what work on a large rung has left in the heap, and below it: that lies in the way of what follows."""
    if rung.long_side > SMALL:
        release_freed_memory()


class Canvas:
    """The painting of one rung, and what it holds on to; once it has ended, what is left of it."""

    def __init__(
        self, goal: Goal, rung: Rung, painting: Painting | None, anchors: list[Anchor], preview: Tensor | None
    ) -> None:
        self.goal, self.rung, self.anchors, self.preview = goal, rung, anchors, preview
        self._painting = painting
        self.below: Below | None = None
        self.ended_after = 0
        self.losses: dict[str, float] = {}

    @classmethod
    def begun(
        cls, goal: Goal, rung: Rung, layout: Layout, below: Below | None, state: State | None
    ) -> Generator[float, None, Self]:
        """That of a rung at its start, above `below` if that is not the lowest, or where an unfinished `state` stands.

        Pauses as `Goal.objective` does. Raises RenderError where the objective has numbers that are not finite.
        """
        anchors, preview, momentum = list[Anchor](), None, None
        if state is not None:
            state = state.on(goal.device)
            anchors, preview = restored_anchors(state, goal.wrap), state.tensors.get("preview")
        elif below is not None:
            below.move_to(goal.device)
            anchors, preview, momentum = below.anchors(goal.wrap), below.preview, below.momentum
        make_room(rung)
        with explained(f"the targets of {rung.long_side} px"):
            objective = yield from goal.objective(rung, layout, anchors)
        make_room(rung)
        lower = None if below is None else below.picture
        start = goal.start(rung, lower) if state is None else state.tensors["image"]
        optimiser = goal.optimiser(rung, start, momentum, layout.corrections)
        painting = goal.painting(objective, optimiser, rung)
        if state is not None:
            painting.restore(state.tensors, state.values)
        if below is not None:
            below.hand_on()
        return cls(goal, rung, painting, anchors, preview)

    @classmethod
    def finished(cls, goal: Goal, rung: Rung, state: State) -> Self:
        """That of a rung which a finished state has the picture of."""
        canvas = cls(goal, rung, None, [], None)
        canvas.below, canvas.ended_after = Below.restored(state), state.iteration
        canvas.losses = state.values["losses"]
        return canvas

    @property
    def iteration(self) -> int:
        """How many iterations the painting has had."""
        return self.ended_after if self._painting is None else self._painting.iteration

    def image(self, iteration: int) -> Tensor:
        """The picture after `iteration` iterations, which must be the last ones: (1, 3, H, W), a new tensor."""
        self._check(iteration)
        return self.goal.shown(apart(self._finished(self.below)) if self.below is not None else self.painting.picture)

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """The same, at most `long_side` px large, without a copy of the whole."""
        whole = self.goal.size(self.rung)
        if max(whole) <= long_side:
            return self.image(iteration)
        self._check(iteration)
        size = fit(whole, long_side)
        return self.goal.shown(
            smaller(self._finished(self.below), size) if self.below is not None else self.painting.shown(size)
        )

    def state(self, iteration: int, number: int) -> State:
        """All that is needed to go on from there; at the end of a rung, what the next one starts from."""
        self._check(iteration)
        if self.below is not None:
            tensors, values = self.below.state()
        else:
            tensors, values = self.painting.state()
            tensors |= {f"anchor{index}": anchor.target for index, anchor in enumerate(self.anchors)}
            tensors |= {} if self.preview is None else {"preview": self.preview}
            values |= {"anchors": [anchor.weight for anchor in self.anchors]}
        values["losses"] = self.losses
        return State(self.rung.long_side, iteration, number, self.below is not None, tensors, values)

    def end(self) -> Below:
        """Ends the rung: keeps its picture and what the next one starts from, and lets go of all the rest."""
        painting = self.painting
        painting.settle()
        momentum = painting.optimiser.momentum if isinstance(painting.optimiser, PixelAdam) else None
        picture = painting.average.taken()
        if any(by := self.goal.moves(self.rung, picture)):
            picture, momentum = picture.roll(by, (2, 3)), momentum and momentum.moved(by)
        self.below = Below(picture, momentum, picture if self.rung.long_side == PREVIEW else self.preview)
        self.ended_after, self._painting = painting.iteration, None
        return self.below

    def _finished(self, below: Below) -> Tensor:
        """The picture that the rung ended with, as it is shown: moved around, if the goal wants that."""
        by = self.goal.shown_moved(self.rung, below.picture)
        return below.picture.roll(by, (2, 3)) if any(by) else below.picture

    def stands_at(self, iteration: int) -> bool:
        """Whether the painting has had so many iterations, and its state has not been handed on."""
        return self.iteration == iteration and (self.below is None or not self.below.handed_on)

    def _check(self, iteration: int) -> None:
        if self.iteration != iteration:
            raise RuntimeError("the render has gone on: take what you want of a step before the next one")
        if self._painting is not None:
            self._painting.settle()

    @property
    def painting(self) -> Painting:
        """The painting, while the rung has not ended."""
        if self._painting is None:
            raise RuntimeError("the rung has ended")
        return self._painting


def restored_anchors(state: State, wrap: Wrap) -> list[Anchor]:
    """The anchors that an unfinished state held on to."""
    weights = enumerate(state.values["anchors"])
    return [Anchor(state.tensors[f"anchor{index}"], weight, wrap) for index, weight in weights]

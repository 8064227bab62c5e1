"""A rung's picture while it is painted, with all that is needed to show it, to keep it, and to go on."""

from dataclasses import dataclass
from typing import Any

from torch import Tensor

from transfer.engine.checkpoint import State
from transfer.engine.ladder import PREVIEW, Rung, fit
from transfer.engine.optimisers import Momentum, PixelAdam
from transfer.engine.painting import Painting
from transfer.images import smaller, with_colors_of
from transfer.losses.anchor import Anchor
from transfer.room import apart
from transfer.style.scene import Scene

COARSE, PREVIEW_WEIGHT = 0.5, 3.0


@dataclass
class Below:
    """What a finished rung leaves for the next: its picture, Adam's momentum, and the picture of `PREVIEW` px."""

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

    def hand_on(self) -> None:
        """The next rung has what it needs; the picture alone stays, for whoever looks at it."""
        self.momentum, self.handed_on = None, True

    def anchors(self) -> list[Anchor]:
        """What the next rung holds on to: coarse shapes of this one, and above `PREVIEW` px all the preview shows."""
        anchors = [Anchor.of(self.picture, COARSE)]
        return anchors if self.preview is None else [*anchors, Anchor.of(self.preview, 1.0, PREVIEW_WEIGHT)]


class Canvas:
    """The painting of one rung, and what it holds on to; once it has ended, what is left of it."""

    def __init__(
        self, scene: Scene, rung: Rung, painting: Painting | None, anchors: list[Anchor], preview: Tensor | None
    ) -> None:
        self.scene, self.rung, self.anchors, self.preview = scene, rung, anchors, preview
        self._painting = painting
        self.below: Below | None = None
        self.ended_after = 0
        self.losses: dict[str, float] = {}

    @classmethod
    def finished(cls, scene: Scene, rung: Rung, state: State) -> "Canvas":
        """That of a rung which a finished state has the picture of."""
        canvas = cls(scene, rung, None, [], None)
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
        picture = apart(self.below.picture) if self.below is not None else self.painting.picture
        return self._recoloured(picture, self.scene.size(self.rung))

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """The same, at most `long_side` px large, without a copy of the whole."""
        whole = self.scene.size(self.rung)
        if max(whole) <= long_side:
            return self.image(iteration)
        self._check(iteration)
        size = fit(whole, long_side)
        small = smaller(self.below.picture, size) if self.below is not None else self.painting.shown(size)
        return self._recoloured(small, size)

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
        momentum = painting.optimiser.momentum if isinstance(painting.optimiser, PixelAdam) else None
        picture = painting.average.taken()
        self.below = Below(picture, momentum, picture if self.rung.long_side == PREVIEW else self.preview)
        self.ended_after, self._painting = painting.iteration, None
        return self.below

    def stands_at(self, iteration: int) -> bool:
        """Whether the painting has had so many iterations, and its state has not been handed on."""
        return self.iteration == iteration and (self.below is None or not self.below.handed_on)

    def _check(self, iteration: int) -> None:
        if self.iteration != iteration:
            raise RuntimeError("the render has gone on: take what you want of a step before the next one")

    @property
    def painting(self) -> Painting:
        """The painting, while the rung has not ended."""
        if self._painting is None:
            raise RuntimeError("the rung has ended")
        return self._painting

    def _recoloured(self, picture: Tensor, size: tuple[int, int]) -> Tensor:
        colors = self.scene.colors(size)
        return picture if colors is None else with_colors_of(picture, colors)


def restored_anchors(state: State) -> list[Anchor]:
    """The anchors that an unfinished state held on to."""
    return [Anchor(state.tensors[f"anchor{index}"], weight) for index, weight in enumerate(state.values["anchors"])]

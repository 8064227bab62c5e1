"""A rung's picture while it is painted, with all that is needed to show it, to keep it, and to go on."""

from dataclasses import dataclass
from typing import Any

from torch import Tensor

from transfer.checkpoint import State
from transfer.images import smaller, with_colors_of
from transfer.ladder import PREVIEW, Rung, fit
from transfer.losses.anchor import Anchor
from transfer.optimisers import Momentum, PixelAdam
from transfer.painting import Painting
from transfer.scene import Scene

COARSE, PREVIEW_WEIGHT = 0.5, 3.0


@dataclass(frozen=True)
class Below:
    """What a finished rung leaves for the next: its picture, Adam's momentum, and the picture of `PREVIEW` px."""

    picture: Tensor
    momentum: Momentum | None
    preview: Tensor | None

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

    def anchors(self) -> list[Anchor]:
        """What the next rung holds on to: coarse shapes of this one, and above `PREVIEW` px all the preview shows."""
        anchors = [Anchor.of(self.picture, COARSE)]
        return anchors if self.preview is None else [*anchors, Anchor.of(self.preview, 1.0, PREVIEW_WEIGHT)]


class Canvas:
    """The painting of one rung, and what it holds on to."""

    def __init__(
        self, scene: Scene, rung: Rung, painting: Painting | None, anchors: list[Anchor], preview: Tensor | None
    ) -> None:
        self.scene, self.rung, self.anchors, self.preview = scene, rung, anchors, preview
        self.painting = painting
        self.result: Tensor | None = None
        self.ended_after = 0
        self.losses: dict[str, float] = {}

    @classmethod
    def finished(cls, scene: Scene, rung: Rung, state: State) -> "Canvas":
        """That of a rung which a finished state has the picture of."""
        canvas = cls(scene, rung, None, [], None)
        canvas.result, canvas.losses = state.tensors["picture"], state.values["losses"]
        canvas.ended_after = state.iteration
        return canvas

    @property
    def iteration(self) -> int:
        """How many iterations the painting has had."""
        return 0 if self.painting is None else self.painting.iteration

    def image(self, iteration: int) -> Tensor:
        """The picture after `iteration` iterations, which must be the last ones: (1, 3, H, W), a new tensor."""
        ended = self.result is not None and iteration == self.ended_after
        picture = self.result.clone() if self.result is not None and ended else self._at(iteration).picture
        return self._recoloured(picture, self.scene.size(self.rung))

    def shown(self, iteration: int, long_side: int) -> Tensor:
        """The same, at most `long_side` px large, without a copy of the whole."""
        whole = self.scene.size(self.rung)
        if max(whole) <= long_side:
            return self.image(iteration)
        size = fit(whole, long_side)
        if self.result is not None and iteration == self.ended_after:
            return self._recoloured(smaller(self.result, size), size)
        return self._recoloured(self._at(iteration).shown(size), size)

    def state(self, iteration: int, number: int) -> State:
        """All that is needed to go on from there; at the end of a rung, what the next one starts from."""
        painting = self._at(iteration)
        if painting.done:
            tensors, values = self._below(painting.picture, painting).state()
        else:
            tensors, values = painting.state()
            tensors |= {f"anchor{index}": anchor.target for index, anchor in enumerate(self.anchors)}
            tensors |= {} if self.preview is None else {"preview": self.preview}
            values |= {"anchors": [anchor.weight for anchor in self.anchors]}
        values["losses"] = self.losses
        return State(self.rung.long_side, iteration, number, painting.done, tensors, values)

    def finish(self) -> Below:
        """Ends the rung: keeps its picture, lets go of the rest, and gives what the next one starts from."""
        painting = self._at(self.iteration)
        self.result, self.ended_after, self.painting = painting.picture, painting.iteration, None
        return self._below(self.result, painting)

    def _below(self, picture: Tensor, painting: Painting) -> Below:
        momentum = painting.optimiser.momentum if isinstance(painting.optimiser, PixelAdam) else None
        return Below(picture, momentum, picture if self.rung.long_side == PREVIEW else self.preview)

    def stands_at(self, iteration: int) -> bool:
        """Whether the painting has had so many iterations, and is not put away yet."""
        return self.painting is not None and self.painting.iteration == iteration

    def _at(self, iteration: int) -> Painting:
        if self.painting is None or not self.stands_at(iteration):
            raise RuntimeError("the render has gone on: take what you want of a step before the next one")
        return self.painting

    def _recoloured(self, picture: Tensor, size: tuple[int, int]) -> Tensor:
        colors = self.scene.colors(size)
        return picture if colors is None else with_colors_of(picture, colors)


def restored_anchors(state: State) -> list[Anchor]:
    """The anchors that an unfinished state held on to."""
    return [Anchor(state.tensors[f"anchor{index}"], weight) for index, weight in enumerate(state.values["anchors"])]

"""Paints each frame on from the one before it, moved along with what moves in the clip.

Ruder, Dosovitskiy and Brox 2016, "Artistic style transfer for videos", arXiv:1604.08610: each frame starts from the
last painted one, carried along the optical flow, and is held to it where that can be trusted. What has come into view
starts from the instant picture, which all frames of a shot are painted alike by, and is free for some frames: those of
one are too few iterations for strokes. The first frame of a shot climbs the ladder.
What is carried along begins anew by a part, from the instant picture again: iterations on one size alone, of frame upon
frame, would draw ever more lines beside strong edges.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.goal import Goal
from transfer.engine.render import render
from transfer.engine.step import Step
from transfer.features.network import FeatureNetwork
from transfer.film.flow import carried, flow, trust
from transfer.film.goal import Begun, FirstGoal, FrameGoal
from transfer.film.recipe import FilmRecipe
from transfer.images import to_picture
from transfer.instant.decoders import Decoders
from transfer.style.inputs import StyleInputs
from transfer.style.targets import Wanted

SETTLING = 6  # chosen: frames after which what has come into view is held to as all else
RENEWED = 0.2  # chosen: the part of what is carried along that begins anew; more flickers, and takes from the strokes


@dataclass(frozen=True)
class Left:
    """What a frame leaves for the next one: what the clip showed, and what was painted, (1, 3, H, W) in [0, 1].

    `settled` says how far each place is held to, (1, 1, H, W) from 0 to 1; all of it without that.
    """

    frame: Tensor
    picture: Tensor
    settled: Tensor | None = None


class Brush:
    """Paints the frames of one shot by `recipe` in the manner of `styles`, in at most `memory` bytes."""

    def __init__(
        self,
        styles: Sequence[Image.Image],
        recipe: FilmRecipe,
        network: FeatureNetwork,
        decoders: Decoders,
        memory: int | None,
    ) -> None:
        self.styles, self.network, self.decoders, self.memory = tuple(styles), network, decoders, memory
        # Styles come recoloured, and frames are given their own colours when they are shown.
        self.film = recipe
        self.recipe = recipe.instant.with_changes(quality="draft", match_colors=False, original_colors=False)
        self._known: Wanted | None = None

    def first(self, frame: Tensor) -> Generator[None, None, Left]:
        """The first frame of a shot. Pauses now and then."""
        recipe = self.recipe.with_changes(image_size=max(frame.shape[2:]))
        goal = FirstGoal(self._inputs(frame), recipe, self.network, self.decoders)
        return (yield from self._painted(goal, frame))

    def after(self, last: Left, frame: Tensor, instant: Tensor) -> Generator[None, None, Left]:
        """The frame after `last`, of which this is the instant picture. Pauses now and then."""
        along, back = flow(last.frame, frame), flow(frame, last.frame)
        sure = trust(last.frame, frame, along, back)
        image = torch.lerp(instant, carried(last.picture, along), sure * (1 - RENEWED)).clamp_(0, 1)
        settled = sure
        if last.settled is not None:
            settled = sure * (carried(last.settled, along, "bilinear") + 1 / SETTLING).clamp_(0, 1)
        yield
        rung, inputs = self.film.rung(max(frame.shape[2:])), self._inputs(frame)
        goal = FrameGoal(inputs, self.recipe.textured, self.network, rung, Begun(image, settled), self._known)
        left = yield from self._painted(goal, frame)
        self._known = goal.known
        return replace(left, settled=settled)

    def _painted(self, goal: Goal, frame: Tensor) -> Generator[None, None, Left]:
        below = None
        for found in render(goal, self.memory):
            below = found.canvas.below if isinstance(found, Step) else None
            yield
        if below is None:
            raise RuntimeError("a render ends with a rung's end")
        return Left(frame, below.picture)

    def _inputs(self, frame: Tensor) -> StyleInputs:
        return StyleInputs(to_picture(frame), self.styles)

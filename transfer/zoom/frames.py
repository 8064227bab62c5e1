"""The zoom loop (Mordvintsev et al. 2015, "Inceptionism"): each frame goes into the last one, and is dreamt again."""

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from transfer.dream.goal import DreamGoal
from transfer.engine.render import render
from transfer.engine.step import Step
from transfer.features.network import FeatureNetwork
from transfer.images import to_picture, to_tensor
from transfer.pausing import finish
from transfer.zoom.recipe import ZoomRecipe

SEEDS = 2**32
# Chosen: times the spread of the first picture's colours, beyond which all would burn out to black and white; and the
# spread that a picture of one colour is taken to have.
MOST_SPREAD, LEAST_SPREAD = 1.2, 0.1


@dataclass(frozen=True)
class Frame:
    """A dreamt frame, the loss of its dream, and sentences on what went otherwise than planned."""

    picture: Image.Image
    loss: float
    notes: tuple[str, ...] = ()


class Zoom:
    """The frames of a film that begins with `content`, each dreamt by `recipe`, in at most `memory` bytes.

    Colours keep the mean that they have in `content`, and nearly their spread. `network` moves to the CPU where another
    device's memory runs out.
    """

    def __init__(
        self, content: Image.Image, guide: Image.Image | None, recipe: ZoomRecipe, network: FeatureNetwork
    ) -> None:
        self.content, self.guide, self.recipe, self.network = content, guide, recipe, network
        self._colours = _mean_and_spread(to_tensor(content))

    def goal(self, picture: Image.Image, number: int = 0) -> DreamGoal:
        """The dream of a frame from the picture that it begins with."""
        seeded = self.recipe.model_copy(update={"seed": (self.recipe.seed + number) % SEEDS})
        return DreamGoal(picture, self.guide, seeded, self.network)

    def frame(
        self, number: int, last: Image.Image, beginning: Sequence[Image.Image], memory: int | None = None
    ) -> Generator[float, None, Frame]:
        """The frame after `last`, which is the content for the first one, counted from 0; pauses with its part done.

        `beginning` are the first `recipe.fade` frames, which the last ones turn into, one by one, so that what follows
        on the last frame is the first one of the film. Raises what `render` raises.
        """
        picture = to_picture(moved(to_tensor(last), self.recipe)) if number else last
        if number >= self.recipe.frames:
            ahead = number - self.recipe.frames
            picture = Image.blend(picture, beginning[ahead], (ahead + 1) / (self.recipe.fade + 1))
        goal, step = self.goal(picture, number), None
        for found in render(goal, memory):
            if isinstance(found, Step):
                step = found
            yield found.fraction
        if step is None:
            raise RuntimeError("a dream has at least one step")
        self.network = goal.network
        dreamt = to_picture(calmed(step.image.cpu(), *self._colours))
        return Frame(dreamt, step.losses["total"], step.notes)


def frames(zoom: Zoom, memory: int | None = None) -> Iterator[Image.Image]:
    """The frames of a film. One that closes leaves out its first `fade`, which its last ones become."""
    picture, beginning = zoom.content, list[Image.Image]()
    for number in range(zoom.recipe.dreamt_frames):
        picture = finish(zoom.frame(number, picture, beginning, memory)).picture
        if number < zoom.recipe.fade:
            beginning.append(picture)
        else:
            yield picture


def moved(image: Tensor, recipe: ZoomRecipe) -> Tensor:
    """An image (1, 3, H, W) after one move about its middle; what lies beyond its edges is mirrored."""
    height, width = image.shape[2:]
    angle = math.radians(recipe.turn)
    across, along = math.cos(angle) / recipe.zoom, math.sin(angle) / recipe.zoom
    way = torch.tensor(
        [
            [across, along * height / width, 2 * recipe.pan_x],
            [-along * width / height, across, 2 * recipe.pan_y],
        ]
    )
    places = functional.affine_grid(way[None].to(image), [1, 3, height, width], align_corners=False)
    found = functional.grid_sample(image, places, mode="bicubic", padding_mode="reflection", align_corners=False)
    return found.clamp_(0, 1)


def calmed(image: Tensor, mean: Tensor, spread: Tensor) -> Tensor:
    """An image (1, 3, H, W) whose colours have this mean (3, 1, 1), and at most `MOST_SPREAD` times this spread."""
    own, its_spread = _mean_and_spread(image)
    scale = (MOST_SPREAD * spread.clamp_min(LEAST_SPREAD) / its_spread).clamp_max(1)
    return ((image - own) * scale + mean).clamp_(0, 1)


def _mean_and_spread(image: Tensor) -> tuple[Tensor, Tensor]:
    return image[0].mean((1, 2), keepdim=True), image[0].std((1, 2), keepdim=True)

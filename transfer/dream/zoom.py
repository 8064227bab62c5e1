"""The zoom loop (Mordvintsev et al. 2015, "Inceptionism"): each frame goes into the last one, and is dreamt again."""

import math
from collections.abc import Iterator

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from transfer.dream.goal import DreamGoal
from transfer.dream.journey import Journey
from transfer.dream.recipe import DreamRecipe
from transfer.engine.render import render
from transfer.engine.step import result
from transfer.features.network import FeatureNetwork
from transfer.images import to_picture, to_tensor

SEEDS = 2**32
# Chosen: times the spread of the first picture's colours, beyond which all would burn out to black and white; and the
# spread that a picture of one colour is taken to have.
MOST_SPREAD, LEAST_SPREAD = 1.2, 0.1


def frames(
    content: Image.Image,
    guide: Image.Image | None,
    recipe: DreamRecipe,
    journey: Journey,
    network: FeatureNetwork,
    memory: int | None = None,
) -> Iterator[Image.Image]:
    """The frames of a film that begins with `content`; each is dreamt by `recipe`, in at most `memory` bytes.

    One that closes leaves out the frames of its first `fade`: at its end it turns into them, one by one, so that
    what follows on the last frame is the first one that was shown. Colours keep the mean that they have in `content`,
    and nearly their spread. Raises what `render` raises.
    """
    picture, beginning, colours = content, list[Image.Image](), _mean_and_spread(to_tensor(content))
    for number in range(journey.frames + journey.fade):
        if number:
            picture = to_picture(moved(to_tensor(picture), journey))
        if number >= journey.frames:
            ahead = number - journey.frames
            picture = Image.blend(picture, beginning[ahead], (ahead + 1) / (journey.fade + 1))
        seeded = recipe.model_copy(update={"seed": (recipe.seed + number) % SEEDS})
        dreamt = result(render(DreamGoal(picture, guide, seeded, network), memory)).image.cpu()
        picture = to_picture(calmed(dreamt, *colours))
        if number < journey.fade:
            beginning.append(picture)
        else:
            yield picture


def moved(image: Tensor, journey: Journey) -> Tensor:
    """An image (1, 3, H, W) after one move about its middle; what lies beyond its edges is mirrored."""
    height, width = image.shape[2:]
    angle = math.radians(journey.turn)
    across, along = math.cos(angle) / journey.zoom, math.sin(angle) / journey.zoom
    way = torch.tensor(
        [
            [across, along * height / width, 2 * journey.pan_x],
            [-along * width / height, across, 2 * journey.pan_y],
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

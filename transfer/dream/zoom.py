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
    what follows on the last frame is the first one that was shown. Raises what `render` raises.
    """
    picture, beginning = content, list[Image.Image]()
    for number in range(journey.frames + journey.fade):
        if number:
            picture = to_picture(moved(to_tensor(picture), journey))
        if number >= journey.frames:
            ahead = number - journey.frames
            picture = Image.blend(picture, beginning[ahead], (ahead + 1) / (journey.fade + 1))
        seeded = recipe.model_copy(update={"seed": (recipe.seed + number) % SEEDS})
        picture = to_picture(result(render(DreamGoal(picture, guide, seeded, network), memory)).image)
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

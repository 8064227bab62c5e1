"""A render: climb the ladder, and on each rung minimise the objective over the pixels.

`render` is an iterator of `Step`s. Showing progress, keeping pictures, cancelling: all that is the caller's,
who looks at a step, takes what is wanted, and stops iterating at will.
"""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from PIL import Image
from torch import Tensor
from torch.linalg import LinAlgError  # type: ignore[attr-defined]

from transfer.errors import RenderError
from transfer.features.network import FeatureNetwork
from transfer.images import enlarged, scaled, with_colors_of
from transfer.ladder import Rung, fit, rungs, style_size, total_work, work
from transfer.objective import Objective
from transfer.optimisers import IterateAverage, PixelAdam
from transfer.recipe import Recipe


@dataclass(frozen=True)
class Step:
    """The facts of one iteration.

    `iteration` counts from 1 to `rung.iterations`; `fraction` of the whole render's work is done; `losses` holds the
    weighted terms and their `total`; `image` (1, 3, H, W) is the picture as it stands, the caller's to keep.
    """

    rung: Rung
    rungs: int
    iteration: int
    fraction: float
    losses: dict[str, float]
    image: Tensor

    @property
    def ends_rung(self) -> bool:
        """Whether this was the last iteration of its rung."""
        return self.iteration == self.rung.iterations

    @property
    def ends_render(self) -> bool:
        """Whether this step's image is the result."""
        return self.ends_rung and self.rung.index == self.rungs - 1


def render(content: Image.Image, style: Image.Image, recipe: Recipe, network: FeatureNetwork) -> Iterator[Step]:
    """Paints `content` in the manner of `style`, on the device where `network` is.

    Both pictures are RGB of any size. Yields after every iteration; the last step's image has a long side of
    `recipe.image_size`. Raises RenderError when the loss is no longer finite.
    """
    device = network.mean.device
    climb = rungs(recipe)
    everything = total_work(climb, content.size)
    done = 0
    picture, optimiser = None, None
    for rung in climb:
        size = fit(content.size, rung.long_side)
        target = scaled(content, size).to(device)
        with _explained(f"the targets of {rung.long_side} px"):
            wanted = scaled(style, style_size(style.size, recipe, rung)).to(device)
            objective = Objective(network, recipe, target, wanted, picture)
        start = _start(target, recipe) if picture is None else enlarged(picture, size)
        optimiser = PixelAdam(start, rung.learning_rate, below=optimiser)
        average = IterateAverage(start, rung.iterations)
        for iteration in range(1, rung.iterations + 1):
            with _explained(f"iteration {iteration} of {rung.long_side} px"):
                values = _step(objective, optimiser)
            average.add(optimiser.image)
            picture = average.image
            shown = with_colors_of(picture, target) if recipe.original_colors else picture.clone()
            fraction = (done + work(rung, size, iteration)) / everything
            yield Step(rung, len(climb), iteration, fraction, values, shown)
        done += work(rung, size)


def _step(objective: Objective, optimiser: PixelAdam) -> dict[str, float]:
    """One step of the optimiser; gives the terms of the loss before it."""
    losses = objective(optimiser.image)
    values = losses.values()
    if not math.isfinite(values["total"]):
        raise FloatingPointError
    optimiser.step(losses.total)
    return values


@contextlib.contextmanager
def _explained(where: str) -> Iterator[None]:
    """Says in words what numbers that are not finite, or too little memory, have led to."""
    try:
        yield
    except (FloatingPointError, LinAlgError) as error:
        raise RenderError(
            f"The loss is no longer finite in {where}: lower the learning rate or the weights of the recipe."
        ) from error
    except (MemoryError, RuntimeError) as error:
        if not _ran_out_of_memory(error):
            raise
        raise RenderError(f"There is not enough memory for {where}: choose a smaller size.") from error


def _ran_out_of_memory(error: Exception) -> bool:
    """Whether that is what happened; torch has no error of its own for the CPU's memory."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in str(error)


def _start(content: Tensor, recipe: Recipe) -> Tensor:
    if recipe.init == "content":
        return content
    noise = torch.rand(content.shape, generator=torch.Generator().manual_seed(recipe.seed))
    return noise.to(content)

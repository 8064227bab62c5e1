"""A render: climb the ladder, and on each rung minimise the objective over the pixels.

`render` is an iterator of `Step`s. Showing progress, keeping pictures, cancelling: all that is the caller's,
who looks at a step, takes what is wanted, and stops iterating at will.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from PIL import Image
from torch import Tensor
from torch.linalg import LinAlgError  # type: ignore[attr-defined]

from transfer import regions
from transfer.errors import RenderError
from transfer.features.network import FeatureNetwork
from transfer.guides import guides
from transfer.images import enlarged, scaled, with_colors_of
from transfer.inputs import Inputs
from transfer.ladder import PREVIEW, Rung, fit, rungs, style_size, total_work, work
from transfer.losses.anchor import Anchor
from transfer.objective import Objective, Seen
from transfer.optimisers import PixelAdam, PixelLBFGS, PixelOptimiser
from transfer.painting import Painting
from transfer.recipe import Recipe

COARSE, PREVIEW_WEIGHT = 0.5, 3.0


@dataclass(frozen=True)
class Step:
    """The facts of one iteration.

    `iteration` counts from 1 on each rung and `number` over the whole render; `fraction` of its work is done; `losses`
    holds the weighted terms and their `total`; `image` (1, 3, H, W) is the picture as it stands, the caller's to keep.
    `prints` and `saves` say whether the recipe's `print_iter` and `save_iter` want this step told or kept.
    """

    rung: Rung
    rungs: int
    iteration: int
    number: int
    ends_rung: bool
    fraction: float
    losses: dict[str, float]
    image: Tensor
    prints: bool
    saves: bool

    @property
    def ends_render(self) -> bool:
        """Whether this step's image is the result."""
        return self.ends_rung and self.rung.index == self.rungs - 1


def render(inputs: Inputs, recipe: Recipe, network: FeatureNetwork) -> Iterator[Step]:
    """Paints `inputs.content` in the manner of `inputs.styles`, on the device where `network` is.

    Yields after every iteration; the last step's image has a long side of `recipe.image_size`. Raises PictureError and
    MaskError when the inputs are not those that the recipe asks for, and RenderError when the loss stays not finite.
    """
    inputs = inputs.prepared(recipe)
    device = network.mean.device
    climb = rungs(recipe)
    size = inputs.content.size
    everything = total_work(climb, size)
    done = number = 0
    painting: Painting | None = None
    preview: Tensor | None = None
    for rung in climb:
        with _explained(f"the targets of {rung.long_side} px"):
            below = None if painting is None else painting.picture
            preview = below if rung.index and climb[rung.index - 1].long_side == PREVIEW else preview
            objective = _objective(inputs, recipe, network, rung, _anchors(below, preview))
            optimiser = _optimiser(recipe, rung, _start(inputs, recipe, rung, device, below), painting)
            painting = Painting(objective, optimiser, rung, recipe.early_stopping)
        colors = scaled(inputs.content, fit(size, rung.long_side)).to(device) if recipe.original_colors else None
        while not painting.done:
            with _explained(f"iteration {painting.iteration + 1} of {rung.long_side} px"):
                losses = painting.step()
            number += 1
            ahead = rung.iterations if painting.done else painting.iteration
            yield Step(
                rung=rung,
                rungs=len(climb),
                iteration=painting.iteration,
                number=number,
                ends_rung=painting.done,
                fraction=(done + work(rung, fit(size, rung.long_side), ahead)) / everything,
                losses=losses,
                image=painting.picture if colors is None else with_colors_of(painting.picture, colors),
                prints=_is_due(number, recipe.print_iter),
                saves=_is_due(number, recipe.save_iter),
            )
        done += work(rung, fit(size, rung.long_side))


def _objective(inputs: Inputs, recipe: Recipe, network: FeatureNetwork, rung: Rung, anchors: list[Anchor]) -> Objective:
    device = network.mean.device
    labels = [] if inputs.content_mask is None else regions.labels(inputs.content_mask)

    def seen(picture: Image.Image, mask: Image.Image | None, size: tuple[int, int]) -> Seen:
        return Seen(scaled(picture, size).to(device), None if mask is None else guides(mask, labels, size).to(device))

    content = seen(inputs.content, inputs.content_mask, fit(inputs.content.size, rung.long_side))
    masks = inputs.style_masks or (None,) * len(inputs.styles)
    styles = [
        seen(style, mask, style_size(style.size, recipe, rung))
        for style, mask in zip(inputs.styles, masks, strict=True)
    ]
    return Objective(network, recipe, rung, content, styles, anchors)


def _anchors(below: Tensor | None, preview: Tensor | None) -> list[Anchor]:
    """What a rung holds on to: coarse shapes of the rung below, and above `PREVIEW` px all that the preview shows."""
    anchors = [] if below is None else [Anchor(below, COARSE)]
    return anchors if preview is None else [*anchors, Anchor(preview, 1.0, PREVIEW_WEIGHT)]


def _start(inputs: Inputs, recipe: Recipe, rung: Rung, device: torch.device, below: Tensor | None) -> Tensor:
    """What a rung starts from: the picture of the rung below, or on the lowest what the recipe says."""
    size = fit(inputs.content.size, rung.long_side)
    if below is not None:
        return enlarged(below, size)
    if recipe.init == "noise":
        generator = torch.Generator().manual_seed(recipe.seed)
        return torch.rand(1, 3, size[1], size[0], generator=generator).to(device)
    return scaled(inputs.init or inputs.content, size).to(device)


def _optimiser(recipe: Recipe, rung: Rung, start: Tensor, below: Painting | None) -> PixelOptimiser:
    if recipe.optimizer == "lbfgs":
        return PixelLBFGS(start, recipe.lbfgs_num_correction)
    before = below.optimiser if below else None
    return PixelAdam(start, rung.learning_rate, before if isinstance(before, PixelAdam) else None)


def _is_due(number: int, every: int) -> bool:
    return every > 0 and number % every == 0


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

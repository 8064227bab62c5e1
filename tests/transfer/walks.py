"""Small walks, for several tests."""

from collections.abc import Iterator

import numpy
import torch
from PIL import Image

from tests.transfer.variations import QUICK, islands
from transfer.engine.step import Step
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.walk.painter import WalkPainter, painter
from transfer.walk.recipe import WalkRecipe

WALK = WalkRecipe(**dict(QUICK.with_changes(num_iterations=20)), stations=2, seconds=1, rate=4)


def painter_of(recipe: WalkRecipe, stays: Image.Image | None = None) -> WalkPainter:
    """Walks through variations of islands on the CPU."""
    given = [Input(Role.CONTENT, 0, islands())]
    if stays is not None:
        given.append(Input(Role.GUIDE, 0, stays))
    return painter(Inputs(tuple(given)), recipe, torch.device("cpu"))


def steps(made: WalkPainter, *arguments: object) -> Iterator[Step]:
    """Its steps, one a frame, without its ticks."""
    return (step for step in made.steps(*arguments) if isinstance(step, Step))


def walked(recipe: WalkRecipe, stays: Image.Image | None = None) -> list[numpy.ndarray]:
    """The pixels of a walk's frames, of floats from 0 to 255: (height, width, 3)."""
    return [numpy.asarray(to_picture(step.image), float) for step in steps(painter_of(recipe, stays))]

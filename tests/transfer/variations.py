"""Small pictures and their variations, for several tests."""

from collections.abc import Iterator

import numpy
import torch
from PIL import Image

from transfer.engine.step import Step
from transfer.images import to_picture
from transfer.inputs import Input, Inputs, Role
from transfer.variation.painter import VariationPainter, painter
from transfer.variation.recipe import VariationRecipe

QUICK = VariationRecipe(image_size=64, num_iterations=40, num_projections=16)


def islands(size: tuple[int, int] = (96, 72)) -> Image.Image:
    """Green islands with yellow shores in a blue sea."""
    width, height = size
    rows, columns = numpy.mgrid[:height, :width] * 96 / width
    heights = numpy.sin(columns / 7) + numpy.sin(rows / 5 + columns / 19) + numpy.sin((rows - columns) / 11)
    pixels = numpy.full((height, width, 3), (30, 70, 160), numpy.uint8)
    pixels[heights > 0.3] = (230, 210, 120)
    pixels[heights > 0.6] = (50, 130, 60)
    return Image.fromarray(pixels, "RGB")


def painter_of(recipe: VariationRecipe, picture: Image.Image, stays: Image.Image | None = None) -> VariationPainter:
    """Makes variations of a picture on the CPU."""
    given = [Input(Role.CONTENT, 0, picture)]
    if stays is not None:
        given.append(Input(Role.GUIDE, 0, stays))
    return painter(Inputs(tuple(given)), recipe, torch.device("cpu"))


def steps(made: VariationPainter, *arguments: object) -> Iterator[Step]:
    """Its steps, without its ticks."""
    return (step for step in made.steps(*arguments) if isinstance(step, Step))


def varied(recipe: VariationRecipe, picture: Image.Image, stays: Image.Image | None = None) -> numpy.ndarray:
    """A variation's pixels, of bytes: (height, width, 3)."""
    *_, last = steps(painter_of(recipe, picture, stays))
    return numpy.asarray(to_picture(last.image))

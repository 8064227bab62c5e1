"""Textures small enough for a test."""

import torch
from PIL import Image

from tests.transfer.conftest import strokes
from transfer.engine.painter import Painter
from transfer.engine.step import Step, result
from transfer.inputs import Input, Inputs, Role
from transfer.texture.painter import painter
from transfer.texture.recipe import TextureRecipe

QUICK = TextureRecipe(image_size=64, num_iterations=12)


def painter_of(recipe: TextureRecipe, *styles: Image.Image) -> Painter:
    given = styles or (strokes(80, 80),)
    inputs = Inputs(tuple(Input(Role.STYLE, place, style) for place, style in enumerate(given, 1)))
    return painter(inputs, recipe, torch.device("cpu"))


def made(recipe: TextureRecipe, *styles: Image.Image) -> Step:
    return result(painter_of(recipe, *styles).steps())

"""What tests of instant pictures share."""

import torch

from transfer.engine.step import result
from transfer.images import to_tensor
from transfer.inputs import Input, Inputs, Role
from transfer.instant.painter import painter
from transfer.instant.recipe import InstantRecipe

CPU = torch.device("cpu")


def inputs_of(content, *styles, masks=()):
    """A content picture, styles, and masks of them in that order."""
    given = [Input(Role.CONTENT, 0, content), *(Input(Role.STYLE, place, each) for place, each in enumerate(styles, 1))]
    return Inputs((*given, *(Input(Role.MASK, place, each) for place, each in enumerate(masks))))


def painted(content, *styles, masks=(), **fields):
    """The image (1, 3, H, W) of the recipe with these fields."""
    return result(painter(inputs_of(content, *styles, masks=masks), InstantRecipe(**fields), CPU).steps()).image


def apart(one, other):
    """The mean difference between two images, or pictures of the same size."""
    return float((_image(one) - _image(other)).abs().mean())


def _image(given):
    return given if isinstance(given, torch.Tensor) else to_tensor(given)

"""Dreams for tests: small, quick, on the spot."""

from collections.abc import Iterator

import torch
from PIL import Image

from transfer.dream.goal import DreamGoal
from transfer.dream.recipe import DreamRecipe
from transfer.engine.render import render
from transfer.engine.step import Step

QUICK = DreamRecipe(
    backbone="vgg19-lite", image_size=91, first_octave="64", octave_iter=3, lap_scale=2, natural_colors=0.7
)


def dreaming(network, content: Image.Image, recipe: DreamRecipe = QUICK, guide=None, **options) -> Iterator[Step]:
    """The steps of a dream, without the ticks between them."""
    goal = DreamGoal(content, guide, recipe, network)
    return (step for step in render(goal, **options) if isinstance(step, Step))


def dreamt(*arguments, **options) -> torch.Tensor:
    """The picture that a dream ends with."""
    *_, last = dreaming(*arguments, **options)
    return last.image

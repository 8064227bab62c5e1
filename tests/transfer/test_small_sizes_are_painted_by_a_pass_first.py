"""A render that starts from an instant picture has a pass over each size up to the preview before it goes on there."""

import pytest
import torch
from torch.nn import functional

from tests.transfer.instant import CPU, apart, inputs_of
from transfer.engine.step import Step
from transfer.images import scaled_bytes
from transfer.kinds import kind_of
from transfer.recipes.style import StyleRecipe


@pytest.fixture
def pictures(draw_content, draw_style):
    return draw_content(362, 272), draw_style(96, 96)


def ends(pictures, **fields):
    """The images at the end of each rung, which iterations hardly move."""
    recipe = StyleRecipe(num_iterations=1, learning_rate=0.0001, texture_weight=0, **fields)
    made = kind_of(recipe).painter_of(inputs_of(*pictures), recipe, CPU)
    return [step.image for step in made.steps() if isinstance(step, Step) and step.ends_rung]


def fine(image, of):
    """What an image of a size has that one of the size below cannot have."""
    smaller = functional.interpolate(image, of.shape[2:], mode="bilinear", antialias=True)
    return image - functional.interpolate(smaller, image.shape[2:], mode="bilinear")


def agreement(image, below, content):
    """The correlation of what is new in an image with what is new in the content, in lightness."""
    whole = scaled_bytes(content, (image.shape[3], image.shape[2])).float() / 255
    ours, theirs = (fine(each, below).mean(1).flatten() for each in (image, whole))
    return float(torch.corrcoef(torch.stack([ours, theirs]))[0, 1])


def moved(below, image):
    """How far an image is from the one below it, but for grain, which is added to a start."""
    smaller = functional.interpolate(image, below.shape[2:], mode="bilinear", antialias=True)
    return apart(*(functional.avg_pool2d(each, 4) for each in (smaller, below)))


def test_the_contents_finer_shapes_come_in_with_each_size(pictures):
    passed = ends(pictures, image_size=256)
    enlarged = ends(pictures, image_size=256, init="content")
    for below, image, plain in zip(passed, passed[1:], enlarged[1:], strict=False):
        assert agreement(image, below, pictures[0]) > 0.15 + agreement(plain, below, pictures[0])


def test_above_the_preview_a_size_starts_from_the_one_below(pictures):
    *_, below, preview, image = ends(pictures, image_size=362)
    assert moved(preview, image) < 0.5 * moved(below, preview)

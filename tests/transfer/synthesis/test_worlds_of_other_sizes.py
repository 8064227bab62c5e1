"""A small world shows what a large one of the same seed looks like."""

import numpy
import pytest
from PIL import Image

from transfer.pausing import finish
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe


def coast(size, seed=4):
    land = finish(terrain(WorldRecipe(image_size=size, seed=seed)))
    mask = Image.fromarray(((land.height >= 0) * 255).astype(numpy.uint8))
    return numpy.asarray(mask.resize((128, 128), Image.Resampling.BOX)) > 127


@pytest.mark.parametrize("size", [128, 300, 512])
def test_land_lies_where_it_lies_at_256_px(size):
    assert (coast(size) == coast(256)).mean() > 0.95


def test_another_seed_is_another_world():
    assert (coast(256) == coast(256, 5)).mean() < 0.8

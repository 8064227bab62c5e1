"""A variation has as much of what is large as its picture: what small sizes saw of it stays on the way up."""

import numpy
import pytest
import torch
from PIL import Image

from tests.transfer.variations import varied
from transfer.images import scaled
from transfer.variation.recipe import VariationRecipe
from transfer.variation.source import Source
from transfer.variation.transport import Directions

WIDTH, HEIGHT, SMALL = 128, 96, (64, 48)
RECIPE = VariationRecipe(image_size=WIDTH, num_iterations=100, num_projections=16)


def island() -> Image.Image:
    """Land in the middle of a sea, with none along the border."""
    rows, columns = numpy.mgrid[:HEIGHT, :WIDTH] - numpy.array([HEIGHT / 2, WIDTH / 2])[:, None, None]
    heights = 0.36 + 0.08 * numpy.sin(5 * numpy.arctan2(rows, columns) + 1) - numpy.hypot(rows, columns) / HEIGHT
    pixels = numpy.full((HEIGHT, WIDTH, 3), (30, 70, 160), numpy.uint8)
    pixels[heights > 0] = (230, 210, 120)
    pixels[heights > 0.12] = (50, 130, 60)
    return Image.fromarray(pixels, "RGB")


def apart(some: Image.Image, others: Image.Image) -> float:
    """How far patches of 7 px are apart when both pictures are small: a colour being from 0 to 1, over directions."""
    image, wanted = (scaled(each, SMALL) for each in (some, others))
    directions = Directions(Source(wanted, 7), 64, torch.Generator().manual_seed(9))
    work = directions.transported(image, 1.0)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_island_stays_as_large_a_part_of_the_sea(seed: int) -> None:
    """Where all pixels went equally far at octaves below, these were 0.013 to 0.019 apart."""
    made = Image.fromarray(varied(RECIPE.with_changes(seed=seed), island()))
    assert apart(made, island()) < 0.011

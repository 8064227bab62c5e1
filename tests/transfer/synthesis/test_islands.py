"""An island is alone in the sea, and its volcano has a crater."""

import numpy
import pytest
from scipy import ndimage

from transfer.pausing import finish
from transfer.synthesis.land.island import terrain
from transfer.synthesis.recipes.land import IslandRecipe


@pytest.fixture(scope="module", params=[1, 2, 3])
def island(request):
    return finish(terrain(IslandRecipe(image_size=256, seed=request.param, volcano=1.0, crater=0.6)))


def test_the_sea_is_all_around_it(island):
    edge = numpy.concatenate([island.height[0], island.height[-1], island.height[:, 0], island.height[:, -1]])
    assert (edge < 0).all()


def test_nearly_all_land_is_one_piece(island):
    pieces, count = ndimage.label(island.height >= 0)
    sizes = numpy.bincount(pieces.ravel(), minlength=count + 1)[1:]
    assert sizes.max() > 0.9 * sizes.sum()


def test_the_summit_is_a_rim_around_a_hollow(island):
    row, column = numpy.unravel_index(island.height.argmax(), island.height.shape)
    near = island.height[row - 26 : row + 27, column - 26 : column + 27]
    rim = near > 0.75 * island.height.max()
    hollow = ndimage.binary_fill_holes(ndimage.binary_closing(rim, iterations=2)) & ~rim
    assert hollow.sum() > 20


def test_without_a_volcano_there_is_still_land():
    land = finish(terrain(IslandRecipe(image_size=128, seed=1, volcano=0.0, crater=0.0)))
    assert (land.height >= 0).mean() == pytest.approx(0.25, abs=0.03)

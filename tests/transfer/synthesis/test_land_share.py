"""A world has as much land as was asked for."""

import pytest

from transfer.pausing import finish
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.land import WorldRecipe


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.6, 0.95])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_share_of_land_is_that_of_the_recipe(share, seed):
    land = finish(terrain(WorldRecipe(image_size=256, land=share, seed=seed)))
    assert (land.height >= 0).mean() == pytest.approx(share, rel=0.03)

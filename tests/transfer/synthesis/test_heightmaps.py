import numpy
import pytest

from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.patterns.heightmap import make
from transfer.synthesis.recipes.heightmap import HeightmapRecipe


def made(**fields):
    return finish(make(HeightmapRecipe(image_size=256, **fields)))


@pytest.mark.parametrize("seed", range(3))
def test_a_heightmap_has_thousands_of_levels_from_lowest_to_highest(seed):
    height = made(seed=seed).height
    assert len(numpy.unique(height)) >= 4000
    assert height.min() == 0
    assert height.max() == 65535


def test_the_picture_is_the_height_in_eight_bits():
    heightmap = made(seed=1)
    grey = numpy.asarray(heightmap.picture, dtype=float)
    assert (grey == grey[..., :1]).all()
    assert numpy.abs(grey[..., 0] - heightmap.height / 257).max() <= 1


@pytest.mark.parametrize("water", [0.2, 0.6])
def test_as_much_lies_under_the_sea_as_was_asked_for(water):
    heightmap = made(seed=2, water=water)
    assert numpy.mean(heightmap.height <= heightmap.sea) == pytest.approx(water, abs=0.002)
    assert numpy.array_equal(heightmap.labels.values == Label.WATER, heightmap.height <= heightmap.sea)


def test_without_water_there_is_no_sea():
    heightmap = made(seed=2)
    assert heightmap.sea is None
    assert "water" not in heightmap.labels.shares()


def test_labels_go_by_height():
    heightmap = made(seed=1, water=0.3)
    means = [heightmap.height[heightmap.labels.values == each].mean() for each in (1, 2, 5, 6)]
    assert means == sorted(means)


def test_erosion_carves_valleys():
    def pits(heightmap):
        """How many places are lower than both neighbours across: the beds of valleys."""
        height = heightmap.height.astype(float)[::4, ::4]
        return numpy.mean((height[:, 1:-1] < height[:, :-2] - 150) & (height[:, 1:-1] < height[:, 2:] - 150))

    assert pits(made(seed=3, erosion=1)) > 1.5 * pits(made(seed=3, erosion=0))

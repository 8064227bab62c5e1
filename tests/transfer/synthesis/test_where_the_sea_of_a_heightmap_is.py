"""The sea stands where the recipe says, else where the file says, else where the map is flat at its lowest."""

import numpy
import pytest

from tests.transfer.synthesis.heightmaps import hills
from transfer.synthesis.land.heights import Heights
from transfer.synthesis.land.own_map import peak_of, sea_of
from transfer.synthesis.recipes.own_map import OwnMapRecipe

VALUES = hills().astype(numpy.float32)


def share(heights, sea):
    return (heights.values <= sea).mean()


@pytest.mark.parametrize("level", [0.2, 0.5, 1.0])
def test_a_level_that_is_asked_for_counts(level):
    assert sea_of(Heights(VALUES, sea=123.0), level) == pytest.approx(level * 65535)


def test_without_one_the_file_decides():
    assert sea_of(Heights(VALUES, sea=123.0), 0.0) == 123.0


def test_flat_lows_are_the_sea():
    flat = Heights(numpy.maximum(VALUES, 30000))
    assert share(flat, sea_of(flat, 0.0)) == (VALUES <= 30000).mean()


def test_lows_that_a_jpeg_has_blurred_are_the_sea_too():
    noise = numpy.random.default_rng(0).integers(0, 2, VALUES.shape)
    levels = numpy.maximum(VALUES / 257 - 100, 0).round() + noise
    blurred = Heights(levels.astype(numpy.float32), step=1.0)
    assert share(blurred, sea_of(blurred, 0.0)) >= (VALUES / 257 <= 100).mean()


def test_land_that_is_nowhere_flat_has_no_sea():
    assert share(Heights(VALUES), sea_of(Heights(VALUES), 0.0)) == 0


@pytest.mark.parametrize(
    ("heights", "asked", "expected"),
    [
        (Heights(VALUES), 0.0, 3000),
        (Heights(VALUES), 500.0, 500),
        (Heights(VALUES / 20, sea=0.0, metres=1.0), 0.0, 65535 / 20),
        (Heights(VALUES, sea=5535.0, metres=0.1), 0.0, 6000),
        (Heights(VALUES / 20, sea=0.0, metres=1.0), 500.0, 500),
    ],
    ids=["no unit", "no unit, asked for", "metres", "tenths of a metre", "metres, asked for"],
)
def test_the_highest_place_is_as_high_as_asked_for_or_as_the_file_says(heights, asked, expected):
    assert peak_of(heights, OwnMapRecipe(peak=asked)) == pytest.approx(expected)

"""Maps of hexagons: one label and one height to a hexagon, of any land."""

import numpy
import pytest

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.boards.hexagons import drawn, sampled
from transfer.synthesis.boards.honeycomb import Honeycomb
from transfer.synthesis.recipes.boards import HexagonsRecipe


def comb_of(recipe: HexagonsRecipe) -> tuple[Honeycomb, numpy.ndarray]:
    comb = Honeycomb.across(recipe.size, recipe.across, recipe.stand == "flat")
    width, height = recipe.size
    return comb, comb.inside((numpy.arange(width) + 0.5)[None, :], (numpy.arange(height) + 0.5)[:, None]).number


@pytest.mark.parametrize("stand", ["pointed", "flat"])
@pytest.mark.parametrize("shape", ["3:2", "2:3"])
def test_a_hexagon_has_one_label_and_one_height(stand: str, shape: str) -> None:
    recipe = HexagonsRecipe(image_size=192, shape=shape, across=12, stand=stand)
    made = finish(drawn(recipe, island_and_sea(*(each // 2 for each in recipe.size))))
    _, number = comb_of(recipe)
    assert made.picture.size == recipe.size
    for hexagon in numpy.unique(number):
        assert len(numpy.unique(made.labels.values[number == hexagon])) == 1
        assert len(numpy.unique(made.height[number == hexagon])) == 1


@pytest.mark.parametrize("stand", ["pointed", "flat"])
def test_a_pixel_belongs_to_the_hexagon_whose_middle_is_nearest(stand: str) -> None:
    recipe = HexagonsRecipe(image_size=128, across=9, stand=stand)
    comb, number = comb_of(recipe)
    x, y = comb.middles()
    rows, columns = numpy.mgrid[0:128, 0:128] + 0.5
    away = (columns[..., None] - x) ** 2 + (rows[..., None] - y) ** 2
    own = numpy.take_along_axis(away, number[..., None], axis=2)[..., 0]
    assert (own <= away.min(axis=2) + 1e-3 * comb.side**2).all()


@pytest.mark.parametrize(("stand", "shape"), [("pointed", "3:2"), ("flat", "3:2"), ("pointed", "2:3"), ("flat", "2:3")])
def test_as_many_hexagons_lie_along_the_long_side_as_were_asked_for(stand: str, shape: str) -> None:
    recipe = HexagonsRecipe(image_size=240, shape=shape, across=10, stand=stand)
    comb, _ = comb_of(recipe)
    x, y = comb.middles()
    along = (x, y)[shape == "2:3"]
    step = numpy.diff(numpy.unique(numpy.round(along, 3))).max()
    rows_too = 2 if (stand == "flat") == (shape == "2:3") else 1
    assert abs(240 / (step * rows_too) - 10) < 0.1


def test_the_neighbour_across_an_edge_is_another_hexagon_that_touches() -> None:
    comb = Honeycomb.across((200, 200), 8, False)
    found = comb.inside((numpy.arange(200) + 0.5)[None, :], (numpy.arange(200) + 0.5)[:, None])
    x, y = comb.middles()
    apart = numpy.hypot(x[found.number] - x[found.neighbour], y[found.number] - y[found.neighbour]) / comb.side
    assert numpy.allclose(apart[40:-40, 40:-40], 3**0.5, atol=1e-3)


def test_a_hexagon_is_what_most_of_its_land_is() -> None:
    land = plain_of(numpy.full((60, 60), 100.0), Label.DESERT)
    land.labels.values[:, 30:] = Label.FOREST
    comb = Honeycomb.across((120, 120), 6, False)
    cells = sampled(land, comb)
    x, _ = comb.middles()
    assert (cells.labels[x < 60 - comb.side] == Label.DESERT).all()
    assert (cells.labels[x > 60 + comb.side] == Label.FOREST).all()


def test_land_is_above_the_sea_and_water_of_the_sea_is_not_land() -> None:
    made = finish(drawn(HexagonsRecipe(image_size=160, across=16), island_and_sea(96, 96)))
    land = made.labels.values > Label.WATER
    assert (made.height[land] >= made.sea).all()


def test_signs_and_outlines_can_be_left_out() -> None:
    land = island_and_sea(96, 96)
    full, bare = (
        finish(drawn(HexagonsRecipe(image_size=160, across=10, signs=signs, outlines=lines), land)).picture
        for signs, lines in ((True, 0.5), (False, 0.0))
    )
    assert numpy.asarray(bare).astype(int).sum(axis=2).min() > 150 > numpy.asarray(full).astype(int).sum(axis=2).min()


def test_the_same_recipe_makes_the_same_picture() -> None:
    recipe, land = HexagonsRecipe(image_size=128, across=10), island_and_sea(64, 64)
    assert finish(drawn(recipe, land)).picture.tobytes() == finish(drawn(recipe, land)).picture.tobytes()

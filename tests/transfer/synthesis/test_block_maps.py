"""Block maps: flat blocks on a grid, lit by their northern neighbours, with trees, villages and depth."""

import dataclasses

import numpy

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label
from transfer.pausing import finish
from transfer.synthesis.boards.blocks import drawn
from transfer.synthesis.boards.building import NAMES, built
from transfer.synthesis.recipes.boards import BlocksRecipe


def recipe(size: int = 64, **asked: object) -> BlocksRecipe:
    return BlocksRecipe(image_size=size, **{"across": 64, "texture": 0, **asked})


def test_a_block_is_one_colour_where_there_is_no_texture() -> None:
    made = finish(drawn(recipe(128), island_and_sea(64, 64)))
    picture = numpy.asarray(made.picture)
    blocks = picture.reshape(64, 2, 64, 2, 3)
    assert (blocks == blocks[:, :1, :, :1]).all()
    values = made.labels.values.reshape(64, 2, 64, 2)
    assert (values == values[:, :1, :, :1]).all()


def test_texture_makes_a_block_rough() -> None:
    land = plain_of(numpy.full((64, 64), 900.0), Label.ICE, -20)
    flat, rough = (
        numpy.asarray(finish(drawn(recipe(512, texture=texture), land)).picture)[8:16, 8:16].std(axis=(0, 1)).max()
        for texture in (0.0, 1.0)
    )
    assert flat == 0 < rough


def test_ground_that_rises_to_the_south_is_brighter_than_ground_that_falls() -> None:
    rising = numpy.arange(64)[:, None] * 100.0 + numpy.zeros((1, 64)) + 50
    up, down = (
        numpy.asarray(finish(drawn(recipe(), plain_of(ground, Label.MOUNTAIN))).picture)[2:].mean()
        for ground in (rising, rising[::-1])
    )
    assert up > down * 1.15


def test_deep_water_is_darker_than_shallow() -> None:
    ground = numpy.linspace(-10, -4000, 64)[None, :] * numpy.ones((64, 1))
    columns = numpy.asarray(finish(drawn(recipe(), plain_of(ground, Label.WATER))).picture).astype(int).sum(axis=2)
    assert columns[:, :6].mean() > columns[:, 28:36].mean() > columns[:, -6:].mean()


def test_a_forest_has_trees_and_a_desert_has_none() -> None:
    flat = numpy.full((64, 64), 300.0)
    forest, desert = built(plain_of(flat, Label.FOREST), 1), built(plain_of(flat, Label.DESERT, 28, 0.1), 1)
    leaves = [NAMES.index(name) for name in NAMES if name.endswith("leaves")]
    assert 0.3 < numpy.isin(forest.material, leaves).mean() < 1
    assert not numpy.isin(desert.material, leaves).any()


def test_a_crown_is_higher_than_the_ground() -> None:
    forest = built(plain_of(numpy.full((64, 64), 300.0), Label.FOREST), 1)
    leaves = forest.material == NAMES.index("oak leaves")
    assert forest.level[leaves].min() > forest.level[~leaves].max()


def test_no_tree_grows_over_water() -> None:
    land = island_and_sea(96, 96)
    blocks = built(land, 1)
    water = blocks.labels <= Label.WATER
    assert numpy.isin(blocks.material[water], [NAMES.index("water"), NAMES.index("ice")]).all()


def test_a_city_becomes_a_village_that_is_labelled() -> None:
    land = dataclasses.replace(plain_of(numpy.full((64, 64), 300.0), Label.PLAIN), cities=((32.0, 32.0),))
    with_one, without = (finish(drawn(recipe(villages=villages), land)) for villages in (True, False))
    here = with_one.labels.values == Label.CITY
    assert here.mean() > 0.02
    assert not (without.labels.values == Label.CITY).any()
    away = numpy.asarray(with_one.picture) != numpy.asarray(without.picture)
    assert away.any(axis=2)[here].mean() > 0.5


def test_a_village_at_the_edge_of_the_map_is_cut_off() -> None:
    land = dataclasses.replace(plain_of(numpy.full((64, 64), 300.0), Label.PLAIN), cities=((0.5, 63.0),))
    assert finish(drawn(recipe(), land)).picture.size == (64, 64)


def test_a_river_is_water() -> None:
    land = island_and_sea(128, 128)
    blocks = built(land, 1)
    assert (blocks.labels <= Label.WATER).sum() > (land.labels.values <= Label.WATER).sum()

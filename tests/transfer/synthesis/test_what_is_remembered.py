"""A change of what comes late in a picture does not make again what comes early, and gives the same arrays."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.land import island, world
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.boards import HexagonsRecipe
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe
from transfer.synthesis.remembered import Remembered


def counting(begun: list[str], name: str) -> Making[str]:
    begun.append(name)
    yield 0.5
    return name


def test_only_the_last_ones_are_kept():
    begun: list[str] = []
    kept = Remembered[str](2)

    for name in "aababcab":
        assert finish(kept.made(name, counting(begun, name))) == name
    assert "".join(begun) == "abcab"


def test_what_was_not_finished_is_not_kept():
    begun: list[str] = []
    kept = Remembered[str](2)
    next(kept.made("a", counting(begun, "a")))
    finish(kept.made("a", counting(begun, "a")))

    assert begun == ["a", "a"]


def made(recipe) -> Made:
    return finish(generator_of(recipe).make(recipe))


SEEN = {
    "another look": (WorldRecipe(image_size=96, seed=4), {"look": "biomes"}),
    "another climate": (WorldRecipe(image_size=96, seed=4), {"temperature": 9.0, "rivers": 0.9, "cities": 2}),
    "another size": (WorldRecipe(image_size=64, shape="3:2", seed=4), {"image_size": 220}),
    "an island of another size": (IslandRecipe(image_size=64, seed=4), {"image_size": 220}),
    "an island's look": (IslandRecipe(image_size=96, seed=4), {"look": "grey"}),
    "other outlines": (HexagonsRecipe(image_size=96, seed=4), {"outlines": 0.1}),
}


@pytest.mark.parametrize(("recipe", "change"), SEEN.values(), ids=SEEN)
def test_arrays_are_the_same_as_if_nothing_were_remembered(recipe, change, monkeypatch):
    made(recipe)
    quick = made(recipe.with_changes(**change))
    for land in (world, island):
        for name in ("lands", "grounds"):
            monkeypatch.setattr(land._phases, name, Remembered(1))
    slow = made(recipe.with_changes(**change))

    assert quick.picture.tobytes() == slow.picture.tobytes()
    assert numpy.array_equal(quick.height, slow.height)
    assert numpy.array_equal(quick.labels.values, slow.labels.values)
    assert quick.facts == slow.facts


def test_another_look_begins_with_the_land_that_is_there(monkeypatch):
    recipe = WorldRecipe(image_size=96, seed=5)
    made(recipe)
    monkeypatch.setattr(world, "continents", None)

    made(recipe.with_changes(look="paper"))
    made(recipe.with_changes(moisture=0.4))


def test_a_preview_begins_with_the_land_of_its_sketch(monkeypatch):
    recipe = WorldRecipe(image_size=64, seed=6)
    made(recipe)
    monkeypatch.setattr(world, "continents", None)

    made(recipe.with_changes(image_size=256))

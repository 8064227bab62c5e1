"""A world comes with its height, its labels, its rivers and a few words."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.land import IslandRecipe, WorldRecipe


@pytest.fixture(scope="module", params=[WorldRecipe(image_size=160, shape="3:2"), IslandRecipe(image_size=144)])
def made(request):
    return finish(GENERATORS[request.param.kind].make(request.param)), request.param


def test_everything_has_the_size_of_the_picture(made):
    made, recipe = made
    assert made.picture.size == recipe.size
    assert made.height.shape == made.labels.values.shape == recipe.size[::-1]


def test_what_lies_below_the_sea_is_water(made):
    made, _ = made
    names = made.labels.names
    deep = made.height < made.sea - 655
    assert {names[value] for value in numpy.unique(made.labels.values[deep])} <= {"deep water", "water", "ice"}


def test_the_height_uses_all_of_its_sixteen_bits(made):
    made, _ = made
    assert (made.height.min(), made.height.max()) == (0, 65535)


def test_the_facts_say_how_much_land_there_is(made):
    made, recipe = made
    assert int(made.facts[0].removesuffix("% land")) == pytest.approx(100 * recipe.land, abs=3)
    assert f"{len(made.rivers)} river{'s' if len(made.rivers) > 1 else ''}" in made.facts


def test_a_world_without_rivers_says_none():
    made = finish(GENERATORS["world"].make(WorldRecipe(image_size=128, rivers=0.0)))
    assert made.rivers == ()
    assert not any("river" in fact for fact in made.facts)


@pytest.mark.parametrize("shape", ["1:1", "9:16", "16:9"])
@pytest.mark.parametrize("size", [64, 130])
def test_any_size_and_shape_can_be_made(size, shape):
    recipe = WorldRecipe(image_size=size, shape=shape, seed=9)
    assert finish(GENERATORS["world"].make(recipe)).picture.size == recipe.size


def test_progress_grows_to_the_end():
    steps = list(GENERATORS["world"].make(WorldRecipe(image_size=128)))
    assert steps == sorted(steps)
    assert 0 <= steps[0] <= steps[-1] <= 1

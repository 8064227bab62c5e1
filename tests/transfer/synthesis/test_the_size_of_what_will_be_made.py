"""A picture out of numbers is as large as was said beforehand."""

import pytest

from tests.transfer.synthesis.test_your_own_map import file_of, hills, made
from transfer.inputs import Role
from transfer.pausing import finish
from transfer.synthesis import planner
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.own_map import OwnMapRecipe


@pytest.mark.parametrize("name", GENERATORS)
def test_as_large_as_its_recipe_says(name):
    recipe = GENERATORS[name].recipe.model_validate({"image_size": 96})

    assert planner.size(recipe, {}) == finish(GENERATORS[name].make(recipe)).picture.size


@pytest.mark.parametrize("size", [(64, 300), (211, 97)])
def test_in_the_shape_of_the_map_that_it_is_made_of(size):
    asked = OwnMapRecipe(image_size=160)

    assert planner.size(asked, {Role.CONTENT: [size]}) == made(file_of(hills(size[::-1])), image_size=160).picture.size

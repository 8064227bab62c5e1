"""What is made here is called as people would call it: no seeds, and places by their names."""

import pytest

from gallery.pictures.making import called
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.recipes.earth import EarthRecipe


@pytest.mark.parametrize("name", GENERATORS)
def test_no_name_has_a_number(name: str) -> None:
    recipe = GENERATORS[name].recipe()
    recipe = recipe.with_changes(seed=292801) if recipe.draws else recipe

    assert not any(map(str.isdigit, called(recipe)))


def test_a_rectangle_on_the_earth_has_the_name_of_its_place() -> None:
    assert called(EarthRecipe(west=5, south=34, east=28, north=48)) == "Italy"
    assert called(EarthRecipe(place="italy")) == "Italy"
    assert called(EarthRecipe(west=-40, south=20, east=-30, north=30)) == "A piece of the Earth"

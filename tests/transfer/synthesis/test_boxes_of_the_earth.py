"""Which boxes can be asked for, and the shape that their pictures have."""

import pytest
from pydantic import ValidationError

from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe

WRONG = {
    "no width": ((10, 0, 10, 20), "The box has no width: make it at least 1 degree wide."),
    "hardly any width": ((10, 0, 10.5, 20), "The box has no width: make it at least 1 degree wide."),
    "no height": ((10, 5, 20, 5), r"North \(5\) must be more than south \(5\)."),
    "upside down": ((10, 5, 20, -5), r"North \(-5\) must be more than south \(5\)."),
    "hardly any height": ((10, 5, 20, 5.5), "The box has no height: make it at least 1 degree high."),
    "a stripe": ((-180, 0, 180, 10), "The box is too thin: make one side at most 8 times the other."),
    "a sliver at a pole": ((0, 85, 10, 90), "The box is too thin: make one side at most 8 times the other."),
    "beyond a pole": ((10, 5, 20, 95), "less than or equal to 90"),
    "around the globe twice": ((-400, 5, 20, 15), "greater than or equal to -180"),
}


def boxed(west, south, east, north, **fields):
    return EarthRecipe(west=west, south=south, east=east, north=north, **fields)


@pytest.mark.parametrize(("edges", "complaint"), WRONG.values(), ids=WRONG)
def test_a_box_that_is_none_is_refused_in_one_sentence_at_one_field(edges, complaint):
    with pytest.raises(ValidationError, match=complaint) as refused:
        boxed(*edges)
    assert all(error["loc"] for error in refused.value.errors())


def test_a_box_across_the_date_line_is_as_wide_as_it_looks():
    assert boxed(170, -20, -170, 0).box.degrees == (20, 20)


def test_the_whole_earth_is_a_box():
    assert boxed(-180, -90, 180, 90, image_size=360).size == (360, 180)


def test_a_place_counts_more_than_the_box():
    recipe = EarthRecipe(place="sahara", west=5, east=5)
    assert recipe.title == "The Sahara"
    assert recipe.box != Box(5, recipe.south, 5, recipe.north)


@pytest.mark.parametrize(("latitude", "ratio"), [(0, 2), (60, 1), (-60, 1)])
def test_a_crop_has_its_true_shape_at_its_middle(latitude, ratio):
    width, height = boxed(0, latitude - 5, 20, latitude + 5, image_size=400).size
    assert max(width, height) == 400
    assert width / height == pytest.approx(ratio, abs=0.01)


def test_a_box_is_named_as_a_map_names_it():
    assert boxed(170, -20, -170, 0).title == "170° E to 170° W, 20° S to 0°"

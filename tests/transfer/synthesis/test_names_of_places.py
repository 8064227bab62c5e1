"""A rectangle on the Earth is called after the place that it mostly shows."""

import pytest

from transfer.synthesis.recipes.box import Box
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.places import PLACES, place_of


@pytest.mark.parametrize("name", PLACES)
def test_each_place_is_itself(name: str) -> None:
    assert place_of(PLACES[name].box) == PLACES[name]  # type: ignore[index]


@pytest.mark.parametrize(
    ("box", "called"),
    [
        ((5, 34, 28, 48), "Italy"),
        ((155, -80, -150, -65), "The Ross Sea"),  # across the date line
        ((-40, 20, -30, 30), "A piece of the Earth"),
        ((-180, -90, 180, 90), "A piece of the Earth"),
    ],
)
def test_a_rectangle_is_called_after_it(box: tuple[float, float, float, float], called: str) -> None:
    west, south, east, north = box
    assert EarthRecipe(west=west, south=south, east=east, north=north).called == called


def test_likeness_is_mutual() -> None:
    one, other = Box(170, 0, -170, 10), Box(-175, 5, -160, 20)
    assert one.likeness(other) == pytest.approx(other.likeness(one))
    assert one.likeness(other) == pytest.approx(25 / (200 + 225 - 25))

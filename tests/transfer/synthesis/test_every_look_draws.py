"""Every look makes a picture of any land, of its size, and the same one each time."""

import numpy
import pytest

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label
from transfer.synthesis.looks import LOOKS, drawn


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [(64, 64), (97, 64), (64, 130)])
def test_a_look_makes_a_picture_of_the_lands_size(look: str, size: tuple[int, int]) -> None:
    picture = drawn(island_and_sea(*size), look, 1)
    assert picture.mode == "RGB"
    assert picture.size == size
    assert numpy.asarray(picture).std() > 5


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_draws_the_same_picture_each_time(look: str) -> None:
    land = island_and_sea(96, 96)
    assert drawn(land, look, 1).tobytes() == drawn(land, look, 1).tobytes()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("metres", [-3000.0, 0.0, 500.0])
def test_a_look_draws_land_without_any_shape(look: str, metres: float) -> None:
    label = Label.WATER if metres < 0 else Label.PLAIN
    assert drawn(plain_of(numpy.full((64, 80), metres), label), look, 1).size == (80, 64)


def test_a_look_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="choose relief, biomes, grey, paper"):
        drawn(island_and_sea(64, 64), "oil", 1)

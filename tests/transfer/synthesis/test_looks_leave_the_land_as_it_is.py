"""Looks only read the land."""

import copy

import numpy
import pytest

from tests.transfer.synthesis.lands import island_and_sea
from transfer.synthesis.looks import LOOKS, drawn


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_changes_nothing_of_the_land(look: str) -> None:
    land = island_and_sea(96, 64)
    before = copy.deepcopy(land)
    drawn(land, look, 3)
    for name in ("height", "temperature", "moisture", "lakes"):
        assert numpy.array_equal(getattr(land, name), getattr(before, name))
    assert numpy.array_equal(land.labels.values, before.labels.values)

"""The picture of a land that wraps has no seam: its edges fit together as well as any two columns inside."""

import dataclasses

import numpy
import pytest

from tests.transfer.synthesis.lands import island_and_sea
from transfer.synthesis.looks import LOOKS, drawn


def steps(picture: object) -> numpy.ndarray:
    """How much each column differs from the next, the last from the first."""
    values = numpy.asarray(picture).astype(float)
    return numpy.abs(numpy.roll(values, -1, axis=1) - values).mean(axis=(0, 2))


@pytest.mark.parametrize("look", LOOKS)
def test_the_seam_is_no_rougher_than_the_inside(look: str) -> None:
    found = steps(drawn(island_and_sea(192, 96, wraps=True), look, 1))
    assert found[-1] <= numpy.sort(found[:-1])[-4]


@pytest.mark.parametrize("look", ["relief", "paper"])
def test_a_wrapping_land_that_is_turned_is_drawn_turned(look: str) -> None:
    """All but the paper's own texture, and signs, which follow the picture's grid."""
    land = island_and_sea(192, 96, wraps=True)
    turned = dataclasses.replace(
        land,
        height=numpy.roll(land.height, 96, axis=1),
        temperature=numpy.roll(land.temperature, 96, axis=1),
        moisture=numpy.roll(land.moisture, 96, axis=1),
        lakes=numpy.roll(land.lakes, 96, axis=1),
        labels=type(land.labels).of(numpy.roll(land.labels.values, 96, axis=1)),
        rivers=(),
        cities=(),
    )
    plain = numpy.asarray(drawn(dataclasses.replace(land, rivers=(), cities=()), look, 1)).astype(int)
    back = numpy.roll(numpy.asarray(drawn(turned, look, 1)).astype(int), 96, axis=1)
    assert numpy.median(abs(plain - back)) <= (0 if look == "relief" else 12)

"""In the relief seas and lakes are level, as they are seen, and not as deep as their floors."""

import numpy
import pytest

from transfer.labels import Label, LabelMap
from transfer.synthesis.exports.surface import level_water, water_of

SEA = 20_000


@pytest.fixture
def bay() -> tuple[numpy.ndarray, numpy.ndarray]:
    """A slope that rises from a sea on the left, with a lake on a plateau; where there is water."""
    surface = numpy.broadcast_to(numpy.linspace(0, 60_000, 61)[None, :], (61, 61)).astype(numpy.float32).copy()
    water = surface < SEA
    surface[30:40, 40:50] = 35_000
    water[30:40, 40:50] = True
    return surface, water


def test_each_sea_and_lake_has_one_level(bay: tuple[numpy.ndarray, numpy.ndarray]) -> None:
    surface, water = bay

    found = level_water(surface, water)

    sea, lake = found[:, :15], found[31:39, 41:49]
    assert numpy.ptp(sea) == numpy.ptp(lake) == 0
    assert SEA <= sea[0, 0] <= SEA + 1000
    assert 38_000 <= lake[0, 0] <= 40_000


def test_land_stays_as_it_is(bay: tuple[numpy.ndarray, numpy.ndarray]) -> None:
    surface, water = bay

    assert (level_water(surface, water)[~water] == surface[~water]).all()


def test_a_river_keeps_its_slope(bay: tuple[numpy.ndarray, numpy.ndarray]) -> None:
    surface, water = bay
    water[10:12, :] = True

    found = level_water(surface, water)

    assert (found[10:12, 25:] == surface[10:12, 25:]).all()


@pytest.mark.parametrize("everywhere", [True, False])
def test_nothing_but_water_and_no_water_stay_as_they_are(everywhere: bool) -> None:
    surface = numpy.random.default_rng(2).uniform(0, 65535, (20, 30)).astype(numpy.float32)

    assert (level_water(surface, numpy.full(surface.shape, everywhere)) == surface).all()


def test_water_is_known_by_its_name() -> None:
    labels = LabelMap(numpy.array([[9, 3], [3, 4]], numpy.uint8), {9: "deep water", 3: Label.FOREST.title, 4: "water"})

    found = water_of(labels, 4, 4)

    assert found[:2, :2].all()
    assert found[2:, 2:].all()
    assert not found[:2, 2:].any()

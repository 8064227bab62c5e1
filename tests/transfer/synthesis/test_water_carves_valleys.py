import numpy
import pytest

from transfer.synthesis.patterns.carving import carved

NOWHERE = numpy.zeros((40, 40), bool)


@pytest.fixture
def land():
    rows, columns = numpy.mgrid[0:40, 0:40] / 40
    return 0.3 + 0.2 * rows + 0.05 * numpy.sin(rows * 37) * numpy.cos(columns * 29)


def lower_neighbours(land):
    """Whether each inner cell has a neighbour that is lower, or as low."""
    inner = land[1:-1, 1:-1]
    around = [
        land[1 + down : 39 + down, 1 + right : 39 + right]
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if down or right
    ]
    return numpy.min(around, axis=0) <= inner + 1e-9


def test_no_water_stands_once_it_has_carved_for_long(land):
    assert not lower_neighbours(land).all()
    assert lower_neighbours(carved(land, 0 * land, NOWHERE, 1e12)).all()


def test_without_strength_land_only_rises(land):
    risen = carved(land, 0 * land + 0.1, NOWHERE, 0)
    assert numpy.allclose(risen[1:-1, 1:-1], land[1:-1, 1:-1] + 0.1)


def test_outlets_and_edges_stay_as_they_were(land):
    outlets = NOWHERE.copy()
    outlets[20, 20] = True
    after = carved(land, 0 * land + 0.1, outlets, 50)
    assert after[20, 20] == land[20, 20]
    assert numpy.array_equal(after[0], land[0])
    assert numpy.array_equal(after[:, -1], land[:, -1])

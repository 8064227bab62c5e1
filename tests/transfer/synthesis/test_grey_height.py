"""The grey look is the height."""

import numpy

from tests.transfer.synthesis.lands import island_and_sea
from transfer.synthesis.looks import drawn


def test_the_higher_the_lighter_from_black_to_white() -> None:
    land = island_and_sea(128, 96)
    picture = numpy.asarray(drawn(land, "grey", 1))
    order = numpy.argsort(land.height, axis=None)
    assert (numpy.diff(picture[..., 0].ravel()[order].astype(int)) >= 0).all()
    assert picture.min() == 0
    assert picture.max() == 255
    assert (picture[..., 0] == picture[..., 2]).all()

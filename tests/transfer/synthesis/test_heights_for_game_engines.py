"""RAW16 is what Unity and Unreal read: a square of little-endian integers."""

import numpy
import pytest

from transfer.errors import PictureError
from transfer.synthesis.exports.files import RAW_SIDES, raw16


@pytest.mark.parametrize("side", RAW_SIDES[:3])
def test_it_has_so_many_samples_a_side_from_corner_to_corner(side: int) -> None:
    height = numpy.add.outer(numpy.arange(64) * 100, numpy.arange(128) * 300).astype(numpy.uint16)

    found = numpy.frombuffer(raw16(height, side), "<u2").reshape(side, side).astype(int)

    corners = found[0, 0], found[0, -1], found[-1, 0], found[-1, -1]
    assert corners == pytest.approx((0, 38_100, 6_300, 44_400), abs=200)


def test_another_side_is_refused_with_those_that_are_taken() -> None:
    with pytest.raises(PictureError, match="513, 1009, 1025, 2017, 2049, 4033"):
        raw16(numpy.zeros((8, 8), numpy.uint16), 512)

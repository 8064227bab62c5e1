"""Where a picture wraps, each tile has its whole margin, and it goes on at the opposite side."""

import math

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transfer.tiling.grid import Grid, grid, smallest_tiles
from transfer.tiling.wrap import NOWHERE, Wrap

cuts = st.tuples(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.sampled_from((1, 2, 4, 8)),
    st.integers(0, 4),
    st.floats(1, 30),
    st.sampled_from((Wrap(True, False), Wrap(False, True), Wrap(True, True))),
)


def cut(places, stride, margin, room, wrap) -> Grid:
    width, height = (count * stride for count in places)
    least = smallest_tiles((width, height), stride, margin * stride, wrap)
    return grid((width, height), stride, margin * stride, math.ceil(least * room), wrap)


@settings(max_examples=80, deadline=None)
@given(cuts)
def test_cores_cover_each_pixel_once_and_margins_are_never_cut_where_it_wraps(how) -> None:
    found, (_, stride, margin, _, wrap) = cut(*how), how
    covered = numpy.zeros(found.size[::-1], int)
    for tile in found.tiles:
        covered[tile.core()] += 1
        for (start, end), (first, last), wraps, side in (
            (tile.columns, tile.padded_columns, wrap.x, found.size[0]),
            (tile.rows, tile.padded_rows, wrap.y, found.size[1]),
        ):
            if wraps:
                assert start - first == margin * stride <= last - end
            else:
                assert first == max(0, first) <= max(0, start - margin * stride)
                assert min(side, end + margin * stride) <= last <= side
    assert (covered == 1).all()
    assert len({(tile.padded_rows[1] - tile.padded_rows[0]) for tile in found.tiles}) == 1


@settings(max_examples=40, deadline=None)
@given(cuts)
def test_no_tile_is_larger_than_allowed_and_smaller_ones_are_refused(how) -> None:
    (places, stride, margin, room, wrap) = how
    size = (places[0] * stride, places[1] * stride)
    least = smallest_tiles(size, stride, margin * stride, wrap)
    assert cut(*how).largest <= math.ceil(least * room)
    with pytest.raises(ValueError, match="no room for a margin"):
        grid(size, stride, margin * stride, least - 1, wrap)


def test_a_single_tile_has_a_margin_on_the_sides_that_wrap_only() -> None:
    (tile,) = grid((64, 32), 4, 24, wrap=Wrap(x=True)).tiles
    assert (tile.padded_columns, tile.padded_rows) == ((-24, 88), (0, 32))
    assert tile.inner(4) == (slice(0, 8), slice(6, 22))


def test_sides_that_wrap_become_the_nearest_multiples_of_the_stride() -> None:
    assert Wrap(True, True).fitted((181, 91), 4) == (180, 92)
    assert Wrap(x=True).fitted((181, 91), 4) == (180, 91)
    assert Wrap(True, True).fitted((5, 3), 16) == (16, 16)
    assert NOWHERE.fitted((181, 91), 4) == (181, 91)

"""A picture cut into tiles, whatever its size."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfer.features.registry import BACKBONES
from transfer.tiling.grid import grid


@st.composite
def cuts(draw):
    """A size, a stride, a margin, and room for at least the smallest tile."""
    stride = draw(st.sampled_from((1, 2, 4, 16)))
    size = draw(st.integers(stride, 40 * stride + 3)), draw(st.integers(stride, 40 * stride + 3))
    margin = stride * draw(st.integers(0, 6))
    least = 1
    for side in size:  # the last core takes the rest
        least *= min(side, 2 * stride - 1 + 2 * margin)
    return size, stride, margin, draw(st.integers(least, max(least, size[0] * size[1])))


@given(cuts())
def test_the_cores_of_all_tiles_are_the_picture_each_pixel_once(cut):
    size, stride, margin, pixels = cut
    times = numpy.zeros(size[::-1], int)
    for tile in grid(size, stride, margin, pixels).tiles:
        times[tile.core()] += 1
    assert (times == 1).all()


@given(cuts())
def test_cores_and_padded_tiles_begin_at_multiples_of_the_stride(cut):
    size, stride, margin, pixels = cut
    for tile in grid(size, stride, margin, pixels).tiles:
        for span in (tile.rows, tile.columns, tile.padded_rows, tile.padded_columns):
            assert span[0] % stride == 0


@given(cuts())
def test_at_every_stride_the_core_of_a_tile_is_the_same_places_seen_from_the_tile_and_from_the_picture(cut):
    size, stride, margin, pixels = cut
    for step in {1, stride}:
        places = numpy.arange((size[1] // step) * (size[0] // step)).reshape(size[1] // step, size[0] // step)
        times = numpy.zeros_like(places)
        for tile in grid(size, stride, margin, pixels).tiles:
            assert numpy.array_equal(places[tile.whole(step)][tile.inner(step)], places[tile.core(step)])
            times[tile.core(step)] += 1
        assert (times == 1).all()


@given(cuts())
def test_every_core_has_its_margin_or_the_end_of_the_picture_around_it(cut):
    size, stride, margin, pixels = cut
    for tile in grid(size, stride, margin, pixels).tiles:
        for (start, end), (first, last), side in (
            (tile.rows, tile.padded_rows, size[1]),
            (tile.columns, tile.padded_columns, size[0]),
        ):
            assert 0 <= first <= max(0, start - margin)
            assert min(side, end + margin) <= last <= side


@given(cuts())
def test_no_tile_is_larger_than_was_asked(cut):
    size, stride, margin, pixels = cut
    cut_up = grid(size, stride, margin, pixels)
    assert cut_up.largest == max(tile.pixels for tile in cut_up.tiles) <= pixels


@given(cuts())
def test_every_pixel_is_visited_at_least_once(cut):
    size, stride, margin, pixels = cut
    cut_up = grid(size, stride, margin, pixels)
    assert cut_up.overdraw >= 1
    assert cut_up.computed == sum(tile.pixels for tile in cut_up.tiles)


@given(cuts())
def test_a_picture_that_fits_is_one_tile(cut):
    size, stride, margin, pixels = cut
    for room in (None, size[0] * size[1], 2 * pixels + size[0] * size[1]):
        (tile,) = grid(size, stride, margin, room).tiles
        assert (tile.pixels, tile.padded_rows, tile.padded_columns) == (size[0] * size[1], (0, size[1]), (0, size[0]))


@given(cuts(), st.floats(0, 0.999))
def test_where_there_is_no_room_for_a_core_and_its_margins_it_says_so(cut, part):
    (width, height), stride, margin, _ = cut
    side = stride + 2 * margin
    size = width + side, height + side
    with pytest.raises(ValueError, match="no room for a margin"):
        grid(size, stride, margin, int(part * side * side))


@pytest.mark.parametrize("name", BACKBONES)
def test_tiles_of_the_same_picture_have_few_shapes(name):
    """If all have one shape, each reuses the memory of the last one."""
    field = BACKBONES[name].field(BACKBONES[name].layers[:5])
    tiles = grid((3001, 2003), field.stride, field.gradient_margin, 700**2).tiles
    sides = ((tile.padded_rows, tile.padded_columns) for tile in tiles)
    shapes = {(rows[1] - rows[0], columns[1] - columns[0]) for rows, columns in sides}
    assert len(tiles) > 10
    assert len(shapes) <= 4


def test_at_4096_px_the_shipped_network_visits_hardly_more_pixels_than_there_are():
    field = BACKBONES["vgg19-lite"].field(["relu3_1"])
    assert grid((4096, 4096), field.stride, field.gradient_margin, 486_000).overdraw <= 1.2

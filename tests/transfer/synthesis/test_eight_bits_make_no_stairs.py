"""Slopes of a heightmap with 256 levels are slopes, and no stairs."""

import numpy

from tests.transfer.synthesis.heightmaps import file_of, hills, opened
from transfer.synthesis.land.heights import Heights
from transfer.synthesis.land.stairs import smoothed

TRUE = hills((400, 400), octaves=3).astype(numpy.float32) / 900
FEW = TRUE.round().astype(numpy.uint8)


def few(levels=FEW):
    return Heights.of(opened(file_of(levels)))


def test_the_result_is_nearer_to_what_the_levels_were_made_of():
    assert numpy.abs(smoothed(few()) - TRUE).mean() < 0.6 * numpy.abs(FEW - TRUE).mean()


def test_no_place_moves_by_more_than_half_a_level():
    assert numpy.abs(smoothed(few()) - FEW).max() <= 0.5


def test_it_is_seen_that_sixteen_bits_hold_only_256_levels():
    assert few(FEW.astype(numpy.uint16) * 257).step == 257


def test_a_flat_sea_stays_flat_and_its_coast_where_it_is():
    flat = numpy.maximum(FEW, 30)
    found = smoothed(few(flat))
    assert numpy.array_equal(found == 30, flat == 30)


def test_heights_of_many_levels_are_left_alone():
    many = Heights.of(opened(file_of(hills((300, 300)))))
    assert many.step == 0
    assert smoothed(many) is many.values

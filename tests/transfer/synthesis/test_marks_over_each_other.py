"""Many marks that are put down at once look as if they were put down one after another."""

import numpy

from transfer.synthesis.fields.overlaid import boxes, turns


def test_each_place_takes_what_lies_on_it_in_its_order():
    chance = numpy.random.default_rng(5)
    places, marks = chance.integers(0, 40, 500), chance.random(500).astype(numpy.float32)
    at_once, one_by_one = (numpy.zeros(40, numpy.float32) for _ in range(2))

    for place, mark in zip(places, marks, strict=True):
        one_by_one[place] += numpy.float32(0.4) * (mark - one_by_one[place])
    for turn in turns(places):
        assert len(numpy.unique(places[turn])) == len(turn)
        at_once[places[turn]] += numpy.float32(0.4) * (marks[turn] - at_once[places[turn]])

    assert numpy.array_equal(at_once, one_by_one)


def test_none_gives_no_turns():
    assert list(turns(numpy.zeros(0, numpy.int64))) == []


def test_the_pixels_of_boxes_are_listed_box_by_box():
    left, top, columns, rows = numpy.array([(3, 1, 2, 2), (0, 5, 3, 1)]).T
    column, row = boxes(left, top, columns, rows)

    assert list(zip(column.tolist(), row.tolist(), strict=True)) == [
        (3, 1), (4, 1), (3, 2), (4, 2), (0, 5), (1, 5), (2, 5),
    ]  # fmt: skip

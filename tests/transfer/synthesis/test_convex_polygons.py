import math

import pytest

from transfer.synthesis import polygons
from transfer.synthesis.fields.chance import chance

SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]


def test_two_halves_make_the_whole():
    one, other = polygons.halves(SQUARE, (0.3, 0.5), (0.6, 0.8))
    assert polygons.area(one) + polygons.area(other) == pytest.approx(1)


def test_what_is_inset_is_smaller_on_all_sides_whichever_way_round_it_goes():
    for square in (SQUARE, SQUARE[::-1]):
        assert polygons.area(polygons.inset(square, 0.1)) == pytest.approx(0.64)
        assert polygons.inset(square, 0.6) == []


def test_cells_fill_the_box_without_overlapping():
    random = chance(1)
    points = [(2 * random.random(), random.random()) for _ in range(50)]
    cells = polygons.cells(points, (2.0, 1.0), 1)
    assert len(cells) == 50
    assert math.fsum(map(polygons.area, cells)) == pytest.approx(2)


def test_pieces_are_as_far_apart_as_the_gap():
    pieces = polygons.split(SQUARE, chance(2), lambda piece: polygons.area(piece) < 0.6, gap=0.1)
    assert len(pieces) == 2
    assert math.fsum(map(polygons.area, pieces)) == pytest.approx(0.9, abs=0.001)

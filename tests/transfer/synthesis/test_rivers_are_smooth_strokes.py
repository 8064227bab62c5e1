"""Rivers are drawn as smooth lines of their width, across the seam too."""

import numpy

from transfer.synthesis.looks.strokes import coverage, discs, rivers, smooth
from transfer.synthesis.made import River


def line(width: float, points: list[tuple[float, float]]) -> numpy.ndarray:
    stroke = numpy.array(points, dtype=float)
    return coverage((64, 64), [discs(stroke, numpy.full(len(stroke), width))], False) / 255


def test_a_line_covers_its_width_at_any_angle() -> None:
    for end in ((54, 10), (54, 54), (10, 54), (54, 31)):
        drawn = line(3.0, [(10, 10), end])
        length = numpy.hypot(end[0] - 10, end[1] - 10)
        assert abs(drawn.sum() / (length * 3.0 + numpy.pi * 2.25) - 1) < 0.08


def test_a_line_narrower_than_a_pixel_is_fainter() -> None:
    assert 0.2 < line(0.3, [(10, 32.5), (54, 32.5)]).max() < 0.4
    assert line(1.0, [(10, 32.5), (54, 32.5)]).max() > 0.9


def test_a_line_has_no_gaps() -> None:
    drawn = line(1.5, [(5, 5), (58, 47)])
    assert (drawn.max(axis=0)[6:57] > 0.5).all()


def test_corners_are_rounded_and_ends_are_kept() -> None:
    points, widths = smooth(numpy.array([[0.0, 0], [10, 0], [10, 10]]), numpy.array([1.0, 2, 3]))
    assert tuple(points[0]) == (0, 0)
    assert tuple(points[-1]) == (10, 10)
    assert not ((points == (10, 0)).all(axis=1)).any()
    assert (numpy.diff(widths) >= 0).all()


def test_a_line_over_the_seam_goes_on_at_the_other_side() -> None:
    stroke = [discs(numpy.array([[58.0, 20], [70, 20]]), numpy.full(2, 3.0))]
    wrapped, cut = (coverage((64, 64), stroke, wraps) for wraps in (True, False))
    assert wrapped[20, 2] == 255
    assert cut[:, :10].max() == 0


def test_a_river_grows_towards_its_mouth_even_where_it_is_as_narrow_as_can_be() -> None:
    river = River(numpy.array([[4.0, 32], [60, 32]]), numpy.array([0.1, 0.1]))
    drawn = rivers((64, 64), [river], False, 4.0).astype(int)
    assert drawn[:, 56].sum() > drawn[:, 8].sum() * 1.5


def test_no_rivers_leave_nothing() -> None:
    assert not rivers((16, 8), [], False, 1).any()

"""A height is sampled at the vertices of a grid whose outermost ones lie on the picture's edges."""

import numpy
import pytest

from transfer.synthesis.exports.surface import grid_of, packed, sampled


def slope(width: int, height: int) -> numpy.ndarray:
    """A plane that rises by 400 a pixel to the right and by 100 downwards; its upper left corner is at 1000."""
    x, y = numpy.arange(width) + 0.5, numpy.arange(height) + 0.5
    return (1000 + 400 * x[None, :] + 100 * y[:, None]).astype(numpy.uint16)


@pytest.mark.parametrize(("columns", "rows"), [(9, 7), (41, 31), (81, 61), (157, 99)])
def test_a_slope_stays_a_slope_in_the_same_place(columns: int, rows: int) -> None:
    expected = 1000 + 400 * numpy.linspace(0, 80, columns)[None, :] + 100 * numpy.linspace(0, 60, rows)[:, None]
    within = (slice(max(2, rows // 8), -max(2, rows // 8)), slice(max(2, columns // 8), -max(2, columns // 8)))

    found = sampled(slope(80, 60), columns, rows)

    assert found.shape == (rows, columns)
    numpy.testing.assert_allclose(found[within], expected[within], atol=2)


def test_what_wraps_meets_itself() -> None:
    height = numpy.random.default_rng(1).integers(0, 65536, (32, 64)).astype(numpy.uint16)

    around, flat = (sampled(height, 33, 17, wraps=wraps) for wraps in (True, False))

    numpy.testing.assert_allclose(around[:, 0], around[:, -1], atol=0.01)
    assert numpy.abs(flat[:, 0] - flat[:, -1]).max() > 1000


def test_peaks_never_leave_sixteen_bits() -> None:
    height = numpy.zeros((16, 16), numpy.uint16)
    height[8:] = 65535

    found = sampled(height, 61, 61)

    assert (found.min(), found.max()) == (0, 65535)


@pytest.mark.parametrize(
    ("size", "grid"),
    [((1024, 512), (512, 257)), ((512, 1024), (257, 512)), ((96, 96), (97, 97)), ((8192, 64), (512, 5))],
)
def test_the_grid_has_the_pictures_shape(size: tuple[int, int], grid: tuple[int, int]) -> None:
    assert grid_of(size, 512) == grid


def test_a_packed_surface_says_its_size() -> None:
    found = numpy.frombuffer(packed(numpy.full((3, 5), 258.4, numpy.float32), wraps=True), "<u2")

    assert found.tolist() == [5, 3, 1, 0, *[258] * 15]

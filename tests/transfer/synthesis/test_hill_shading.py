"""Light comes from the north-west, and is weak on lowland."""

import numpy

from tests.transfer.synthesis.lands import plain_of, slope_to
from transfer.labels import Label
from transfer.synthesis.looks import drawn
from transfer.synthesis.looks.shading import RISES, exaggeration, gradients, lit


def lightness(picture: object) -> numpy.ndarray:
    return numpy.asarray(picture).astype(float).sum(axis=2)


def test_the_north_western_side_of_a_mountain_is_bright_and_the_south_eastern_dark() -> None:
    light = lightness(drawn(slope_to((0, 0)), "relief", 1))
    north_west, south_east = light[24:44, 24:44].mean(), light[52:72, 52:72].mean()
    assert north_west > south_east * 1.2


def test_the_other_sides_are_between_these() -> None:
    light = lightness(drawn(slope_to((0, 0)), "relief", 1))
    north_west, south_east = light[24:44, 24:44].mean(), light[52:72, 52:72].mean()
    for other in (light[24:44, 52:72].mean(), light[52:72, 24:44].mean()):
        assert south_east < other < north_west


def test_flat_ground_is_as_bright_as_the_suns_height_makes_it() -> None:
    flat = numpy.zeros((4, 4), numpy.float32)
    assert numpy.allclose(lit(flat, flat), RISES, atol=1e-3)


def test_slopes_across_the_main_light_are_told_apart() -> None:
    """A ridge along the light would be flat grey if there were one light only."""
    tilt = numpy.full((1, 1), 0.6, numpy.float32)
    one, other = lit(tilt, -tilt), lit(-tilt, tilt)
    assert abs(float(one[0, 0]) - float(other[0, 0])) > 0.01


def test_lowland_is_shaded_less_than_highland() -> None:
    y, x = numpy.mgrid[0:96, 0:96]
    bumps = 40 * (numpy.sin(x / 4) + numpy.sin(y / 4))
    low, high = (lightness(drawn(plain_of(base + bumps, Label.PLAIN), "relief", 1)).std() for base in (90, 1700))
    assert low < high * 0.75


def test_the_exaggeration_does_not_depend_on_the_size_of_hills() -> None:
    hills = slope_to((0, 0)).height
    assert abs(exaggeration(hills * 2, 96) * 2 / exaggeration(hills, 96) - 1) < 0.02


def test_flat_land_is_not_blown_up() -> None:
    assert exaggeration(numpy.full((64, 64), 5, numpy.float32), 1024) <= 0.16


def test_gradients_are_metres_a_pixel_up_to_the_edges() -> None:
    y, x = numpy.mgrid[0:6, 0:8].astype(numpy.float32)
    across, down = gradients(3 * x + 2 * y, False)
    assert numpy.allclose(across[:, 1:-1], 3)
    assert numpy.allclose(down, 2)

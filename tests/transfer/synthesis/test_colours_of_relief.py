"""Colours of an atlas: deserts are not green, forests are, the sea is blue and the deeper the darker, ice is white."""

import numpy
import pytest

from tests.transfer.synthesis.lands import island_and_sea, plain_of
from transfer.labels import Label
from transfer.synthesis.looks import drawn

FLAT = numpy.full((64, 64), 200.0)


def colour(metres: float, label: Label, temperature: float, moisture: float) -> numpy.ndarray:
    land = plain_of(numpy.full((64, 64), metres), label, temperature, moisture)
    return numpy.asarray(drawn(land, "relief", 1)).reshape(-1, 3).mean(axis=0)


@pytest.mark.parametrize("metres", [10, 200, 800, 2000])
def test_a_desert_is_not_green(metres: float) -> None:
    red, green, blue = colour(metres, Label.DESERT, 28, 0.05)
    assert red > green > blue


@pytest.mark.parametrize("metres", [10, 200])
def test_humid_lowland_is_green(metres: float) -> None:
    red, green, blue = colour(metres, Label.FOREST, 16, 0.8)
    assert green > red + 10
    assert green > blue + 10


def test_ice_is_nearly_white() -> None:
    assert colour(300, Label.ICE, -25, 0.5).min() > 215


def test_between_wet_and_dry_the_colours_are_blended() -> None:
    greenness = [(lambda c: c[1] - c[0])(colour(200, Label.PLAIN, 20, wet)) for wet in numpy.linspace(0.1, 0.6, 11)]
    assert greenness == sorted(greenness)
    assert numpy.diff(greenness).max() < (greenness[-1] - greenness[0]) / 2


def test_the_sea_is_blue_and_the_deeper_the_darker() -> None:
    found = [colour(-metres, Label.WATER, 15, 0.5) for metres in (30, 500, 2000, 6000)]
    assert all(blue > green > red for red, green, blue in found)
    lightness = [each.sum() for each in found]
    assert lightness == sorted(lightness, reverse=True)


def test_a_gently_sloping_sea_is_stepped() -> None:
    depth = numpy.linspace(-50, -5000, 256)[None, :] * numpy.ones((64, 1))
    row = numpy.asarray(drawn(plain_of(depth, Label.WATER), "relief", 1)).astype(int)[32].sum(axis=1)
    level = abs(numpy.diff(row)) <= 1
    assert level.mean() > 0.7
    assert (abs(numpy.diff(row)) > 6).sum() >= 5


def test_the_sea_is_lighter_at_a_coast() -> None:
    ground = numpy.where(numpy.arange(256)[None, :] < 60, 300.0, -3000.0) * numpy.ones((128, 1))
    row = numpy.asarray(drawn(plain_of(ground, Label.PLAIN), "relief", 1)).astype(int)[64].sum(axis=1)
    assert row[63] > row[66] > row[250]
    assert row[63] > row[250] + 40


def test_water_is_bluer_than_land_all_over_a_map() -> None:
    land = island_and_sea(160, 128)
    picture = numpy.asarray(drawn(land, "relief", 1)).astype(int)
    blueness = picture[..., 2] - picture[..., 0]
    assert numpy.median(blueness[land.height < -50]) > 40
    assert (blueness[land.height < -50] > 20).mean() > 0.98
    assert numpy.median(blueness[land.labels.values == Label.DESERT]) < -20

"""Climate follows latitude, height, the sea and the wind."""

import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.land.rain import moisture
from transfer.synthesis.land.world import terrain
from transfer.synthesis.recipes.climate import Latitudes
from transfer.synthesis.recipes.land import WorldRecipe

WESTERLIES = Latitudes(52, 48, 0)


def shares(**changes):
    return finish(terrain(WorldRecipe(image_size=192, seed=1, **changes))).labels.shares()


def plain(shape=(24, 120)):
    height = numpy.full(shape, 50, numpy.float32)
    height[:, :20] = -500
    return height


def test_mountains_keep_rain_off_the_land_behind_them():
    flat, barred = plain(), plain()
    barred[:, 50:60] = 3000
    before, behind = moisture(flat, WESTERLIES, 1.0, False), moisture(barred, WESTERLIES, 1.0, False)
    assert (behind[:, 80:] < 0.7 * before[:, 80:]).all()
    assert behind[:, 46:52].mean() > before[:, 46:52].mean()


def test_it_is_drier_further_from_the_sea():
    wet = moisture(plain(), WESTERLIES, 1.0, False)[:, 30:110].mean(axis=0)
    assert (numpy.diff(wet) <= 1e-6).all()


def test_trade_winds_come_from_the_other_side():
    assert (
        moisture(plain(), Latitudes(12, 8, 0), 1.0, False)[12, 100]
        > 0.5 * moisture(plain(), WESTERLIES, 1.0, False)[12, 100]
    )
    rain = moisture(plain()[:, ::-1], Latitudes(12, 8, 0), 1.0, False)
    assert rain[12, 90] > rain[12, 20]


def test_the_poles_are_colder_than_the_equator():
    warmth = Latitudes(90, -90, 0).temperature(181)[:, 0]
    assert warmth.argmax() == 90
    assert (numpy.diff(warmth[:91]) >= 0).all()


def test_it_is_colder_higher_up():
    land = finish(terrain(WorldRecipe(image_size=128, seed=1, north=40, south=40)))
    low, high = land.height < 100, land.height > 1500
    assert land.temperature[high].max() < land.temperature[low].min()


def test_a_colder_world_has_more_ice():
    assert shares(temperature=-20.0)["ice"] > 2 * shares().get("ice", 0)


@pytest.mark.parametrize(("label", "wetter", "drier"), [("forest", 2.0, 0.3), ("desert", 0.3, 2.0)])
def test_rain_makes_forests_and_its_lack_deserts(label, wetter, drier):
    assert shares(moisture=wetter)[label] > 1.3 * shares(moisture=drier).get(label, 0)

"""A heightmap of another tool gets rivers, climate and labels of its own."""

import numpy
import pytest

from transfer.errors import PictureError
from transfer.pausing import finish
from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.land.own_map import terrain_of

SEA = 30000


def hills(shape=(120, 160)):
    return numpy.clip(octaves(shape, 3, 5, 6, 0.5) * 20000 + 40000, 0, 65535).astype(numpy.uint16)


@pytest.fixture(scope="module")
def land():
    return finish(terrain_of(hills().astype(numpy.float32), SEA, (160, 120)))


def beds(land):
    found = numpy.zeros(land.height.shape, bool)
    for river in land.rivers:
        x, y = numpy.clip(river.points.astype(int), 0, [[159, 119]]).T
        found[y, x] = True
    return found


def test_what_is_above_the_sea_is_land(land):
    assert ((land.height >= 0) == (hills() > SEA))[~beds(land)].mean() > 0.999


def test_heights_keep_their_order(land):
    dry = (land.height >= 0) & ~land.lakes & ~beds(land)
    theirs, ours = hills()[dry], land.height[dry]
    assert (numpy.diff(ours[numpy.argsort(theirs, kind="stable")]) >= 0).all()
    assert land.height.max() == pytest.approx(3000, rel=0.01)


def test_rivers_fall_to_water_or_leave_the_map(land):
    assert len(land.rivers) > 3
    rows, columns = land.height.shape
    for river in land.rivers:
        x, y = numpy.clip(river.points.astype(int), 0, [[columns - 1, rows - 1]]).T
        assert numpy.diff(land.height[y, x]).max() <= 0


def test_a_sea_without_depths_gets_deeper_away_from_the_shore():
    flat = numpy.maximum(hills(), SEA).astype(numpy.float32)
    land = finish(terrain_of(flat, SEA, (160, 120)))
    shore = (land.height < 0) & (numpy.roll(land.height, 1, axis=1) >= 0)
    assert land.height[land.height < 0].min() < 3 * land.height[shore].mean()


@pytest.mark.parametrize(
    ("height", "sea", "says"),
    [(numpy.full((64, 64), 7), 0, "flat"), (numpy.arange(64 * 64).reshape(64, 64), 5000, "all sea")],
)
def test_what_cannot_be_land_is_said_in_a_sentence(height, sea, says):
    with pytest.raises(PictureError, match=says):
        finish(terrain_of(height.astype(numpy.float32), sea, (64, 64)))

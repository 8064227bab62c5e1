"""A heightmap of another tool gets rivers, climate and labels of its own."""

import io

import numpy
import pytest
from PIL import Image

from transfer.errors import PictureError
from transfer.synthesis.fields.lattice import octaves
from transfer.synthesis.land.own_map import read_height, terrain_of
from transfer.synthesis.made import finish

SEA = 30000


def hills(shape=(120, 160)):
    return numpy.clip(octaves(shape, 3, 5, 6, 0.5) * 20000 + 40000, 0, 65535).astype(numpy.uint16)


def file_of(height, file_format="PNG"):
    file = io.BytesIO()
    Image.fromarray(height).save(file, file_format)
    return file.getvalue()


@pytest.fixture(scope="module")
def land():
    return finish(terrain_of(hills().astype(numpy.float32), SEA, image_size=160))


@pytest.mark.parametrize(
    ("height", "file_format"),
    [
        (hills(), "PNG"),
        ((hills() >> 8).astype(numpy.uint8), "PNG"),
        (hills().astype(numpy.float32) / 7 - 1000, "TIFF"),
        (hills(), "TIFF"),
    ],
    ids=["16 bit PNG", "8 bit PNG", "float TIFF", "16 bit TIFF"],
)
def test_heights_are_read_as_they_are_in_the_file(height, file_format):
    assert numpy.array_equal(read_height(file_of(height, file_format)), height.astype(numpy.float32))


def test_of_a_coloured_picture_the_lightness_is_the_height():
    grey = (hills() >> 8).astype(numpy.uint8)
    assert numpy.array_equal(read_height(file_of(numpy.stack([grey] * 3, axis=2))), grey)


@pytest.mark.parametrize("missing", [numpy.nan, -32768, -3.4e38])
def test_places_without_a_number_are_as_low_as_the_lowest(missing):
    height = hills().astype(numpy.float32)
    height[3, 4] = missing
    assert read_height(file_of(height, "TIFF"))[3, 4] == numpy.delete(height.ravel(), 3 * 160 + 4).min()


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


def test_metres_are_taken_as_they_are():
    land = finish(terrain_of(hills().astype(numpy.float32) / 20 - 1500, 0, image_size=160, peak=None))
    assert land.height.max() == pytest.approx(hills().max() / 20 - 1500, rel=0.01)


def test_a_sea_without_depths_gets_deeper_away_from_the_shore():
    flat = numpy.maximum(hills(), SEA).astype(numpy.float32)
    land = finish(terrain_of(flat, SEA, image_size=160))
    shore = (land.height < 0) & (numpy.roll(land.height, 1, axis=1) >= 0)
    assert land.height[land.height < 0].min() < 3 * land.height[shore].mean()


@pytest.mark.parametrize(
    ("height", "sea", "says"),
    [(numpy.full((64, 64), 7), 0, "flat"), (numpy.arange(64 * 64).reshape(64, 64), 5000, "all sea")],
)
def test_what_cannot_be_land_is_said_in_a_sentence(height, sea, says):
    with pytest.raises(PictureError, match=says):
        finish(terrain_of(height.astype(numpy.float32), sea, image_size=64))


def test_a_file_that_is_no_picture_is_said_to_be_none():
    with pytest.raises(PictureError, match="cannot be read as a heightmap"):
        read_height(b"no picture")

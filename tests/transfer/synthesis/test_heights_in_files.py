"""Heights are read as they are in a file, with all the levels that it has."""

import io
import json

import numpy
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.transfer.synthesis.heightmaps import file_of, hills, opened
from transfer.errors import PictureError
from transfer.synthesis.land.heights import Heights
from transfer.synthesis.made import height_png


@pytest.mark.parametrize(
    ("height", "file_format"),
    [
        (hills(), "PNG"),
        ((hills() >> 8).astype(numpy.uint8), "PNG"),
        (hills().astype(numpy.float32) / 70000 - 0.3, "TIFF"),
        (hills(), "TIFF"),
        ((hills() >> 3).astype(numpy.int32) - 4000, "TIFF"),
    ],
    ids=["16 bit PNG", "8 bit PNG", "float TIFF", "16 bit TIFF", "signed TIFF"],
)
def test_every_level_survives(height, file_format):
    found = Heights.of(opened(file_of(height, file_format)))
    assert numpy.array_equal(found.values, height.astype(numpy.float32))


def test_of_a_coloured_picture_the_lightness_is_the_height():
    grey = (hills() >> 8).astype(numpy.uint8)
    assert numpy.array_equal(Heights.of(opened(file_of(numpy.stack([grey] * 3, axis=2)))).values, grey)


@pytest.mark.parametrize("missing", [numpy.nan, numpy.inf, -32768, -3.4e38])
def test_places_without_a_number_are_as_low_as_the_lowest(missing):
    height = hills().astype(numpy.float32)
    height[3, 4] = missing
    found = Heights.of(opened(file_of(height, "TIFF"))).values
    assert found[3, 4] == numpy.delete(height.ravel(), 3 * 120 + 4).min()


def test_a_file_of_no_numbers_is_said_to_be_empty():
    with pytest.raises(PictureError, match="no heights"):
        Heights.of(opened(file_of(numpy.full((80, 80), numpy.nan, numpy.float32), "TIFF")))


@pytest.mark.parametrize("lowest", [-300.0, 420.0], ids=["with a sea floor", "far above the sea"])
def test_a_float_tiff_of_plausible_metres_is_in_metres(lowest):
    height = hills().astype(numpy.float32) / 65535 * 2000 + numpy.float32(lowest)
    found = Heights.of(opened(file_of(height, "TIFF")))
    assert (found.sea, found.metres) == (0.0, 1.0)


def test_a_float_tiff_from_zero_to_one_is_in_no_unit():
    found = Heights.of(opened(file_of(hills().astype(numpy.float32) / 65535, "TIFF")))
    assert (found.sea, found.metres) == (None, None)


def test_a_height_of_ours_says_where_its_sea_is():
    assert Heights.of(opened(height_png(hills(), 21000))).sea == 21000


@pytest.mark.parametrize("height", [hills(), hills().astype(numpy.float32) / 40 - 500], ids=["16 bit", "metres"])
def test_what_is_kept_of_a_file_says_the_same_as_the_file(height):
    first = Heights.of(opened(file_of(height, "TIFF")))
    kept = Heights.of(opened(first.png()))
    if first.metres is None:
        assert numpy.array_equal(kept.values, first.values)
    else:
        metres = (kept.values - kept.sea) * kept.metres
        assert metres == pytest.approx(first.values, abs=0.03)


@pytest.mark.parametrize(
    "text",
    ["", "[", "[1]", '{"sea": "low"}', '{"sea": NaN}', '{"sea": 1e300, "metres": -1}', "9" * 5000, "[" * 150],
)
def test_a_lying_chunk_is_not_believed(text):
    chunks = PngInfo()
    chunks.add_text("height", text)
    file = io.BytesIO()
    Image.fromarray(hills()).save(file, "PNG", pnginfo=chunks)
    found = Heights.of(opened(file.getvalue()))
    assert (found.sea, found.metres) == (None, None)


def test_unknown_words_of_a_chunk_are_ignored():
    chunks = PngInfo()
    chunks.add_text("height", json.dumps({"sea": 7, "moon": 3}))
    file = io.BytesIO()
    Image.fromarray(hills()).save(file, "PNG", pnginfo=chunks)
    assert Heights.of(opened(file.getvalue())).sea == 7


def test_inverting_exchanges_high_and_low():
    found = Heights.of(opened(file_of(hills()))).inverted.values
    assert numpy.array_equal(found, 65535 - hills().astype(numpy.float32))

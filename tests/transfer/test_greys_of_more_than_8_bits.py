"""Heights and other levels that 8 bits cannot hold are scaled to what is there, and it is said."""

import struct

import numpy
import pytest
from PIL import Image

from tests.odd_files import chunk, grey_png
from tests.pictures import as_bytes
from transfer.pictures import ANY
from transfer.reading import reader
from transfer.reading.reader import read
from transfer.synthesis.land.heights import Heights

RAMP = numpy.linspace(0, 1, 64 * 96).reshape(64, 96)


def opened(levels, file_format="TIFF"):
    return read(as_bytes(Image.fromarray(levels), file_format), "a.tif", ANY)


def ramp_of(found):
    return numpy.asarray(found.picture)[..., 0].astype(int)


STRETCHED = {
    "parts of one": RAMP.astype("float32"),
    "metres below the sea and above": (RAMP * 9000 - 500).astype("float32"),
    "metres with a sign": (RAMP * 3000 - 100).astype("int32"),
    "metres without one": (RAMP * 3000).astype("uint16"),
    "numbers beyond 16 bits": (RAMP * 500_000).astype("int32"),
}


@pytest.mark.parametrize("case", STRETCHED)
def test_levels_of_another_unit_are_stretched_and_it_is_said(case):
    found = opened(STRETCHED[case])
    assert numpy.abs(ramp_of(found) - RAMP * 255).max() <= 1
    (note,) = found.notes
    assert note.startswith("a.tif has levels from ")
    assert "stretched from black to white" in note


def test_places_without_a_number_are_black():
    levels = (RAMP * 900 + 100).astype("float32")
    levels[0, 0], levels[0, 1], levels[0, 2] = numpy.nan, numpy.inf, -3.4e38
    found = ramp_of(opened(levels))
    assert found[0, :3].tolist() == [0, 0, 0]
    assert found.max() == 255


@pytest.mark.parametrize("levels", [numpy.full((64, 64), numpy.nan, "float32"), numpy.zeros((64, 64), "float32")])
def test_nothing_at_all_is_black_without_a_word(levels):
    found = opened(levels)
    assert (ramp_of(found) == 0).all()
    assert found.notes == ()


KEPT = {
    "16 bits": ((RAMP * 65535).astype("uint16"), RAMP * 255),
    "8 bits in 32": (numpy.floor(RAMP * 200 + 20).astype("int32"), numpy.floor(RAMP * 200 + 20)),
    "8 bits in floats": (numpy.floor(RAMP * 200 + 20).astype("float32"), numpy.floor(RAMP * 200 + 20)),
    "16 bits in 32": ((RAMP * 40000).astype("int32"), RAMP * 40000 / 257),
}


@pytest.mark.parametrize("case", KEPT)
def test_levels_of_8_or_16_bits_keep_their_meaning(case):
    levels, expected = KEPT[case]
    found = opened(levels)
    assert numpy.abs(ramp_of(found) - expected).max() <= 1
    assert found.notes == ()


def test_a_transparent_level_is_no_height():
    levels = (RAMP * 30000 + 20000).astype("uint16")
    levels[:, :10] = 65535
    data = grey_png(levels, chunk(b"tRNS", struct.pack(">H", 65535)))
    found = Heights.of(reader.opened(data, "a.png", ANY).image)
    assert float(found.values.max()) == 50000
    assert (found.values[:, :10] == found.values[:, 10:].min()).all()

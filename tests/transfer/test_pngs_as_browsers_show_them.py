"""Whatever stands beside the pixels of a PNG, it looks as it does in a browser."""

import struct
import zlib

import numpy
import pytest
from PIL import Image, ImageCms

from tests.odd_files import behind_the_pixels, chunk, grey_png, raw_png, with_chunks
from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY
from transfer.reading import png
from transfer.reading.reader import read

WHITE = [255, 255, 255]
PLAIN = as_bytes(photograph((96, 72)))
LONG = b"x" * 3_000_000


def pixels(data):
    return numpy.asarray(read(data, "a", ANY).picture)


def broken(one):
    """A chunk with a wrong checksum."""
    return one[:-1] + bytes([one[-1] ^ 1])


SIDE_CHUNKS = {
    "a long compressed text": chunk(b"zTXt", b"workflow\0\0" + zlib.compress(LONG)),
    "a long text": chunk(b"tEXt", b"prompt\0" + LONG),
    "a long international text": chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(LONG)),
    "a text packed in a way that nobody knows": chunk(b"zTXt", b"a\0\7abc"),
    "a text without an end of its keyword": chunk(b"tEXt", b"abc"),
    "a text in no alphabet": chunk(b"iTXt", b"\xff\0\0\0\xff\0\xff\0\xff"),
    "a wrong checksum in a text": broken(chunk(b"tEXt", b"Comment\0hello")),
    "a wrong checksum in a resolution": broken(chunk(b"pHYs", struct.pack(">IIB", 1, 1, 1))),
    "a short resolution": chunk(b"pHYs", b"\0"),
    "a short gamma": chunk(b"gAMA", b"\0\1"),
    "a gamma of nothing": chunk(b"gAMA", bytes(4)),
    "a damaged profile": chunk(b"iCCP", b"odd\0\0" + zlib.compress(b"this is no profile")),
    "a profile that cannot be unpacked": chunk(b"iCCP", b"odd\0\0nonsense"),
    "a huge profile": chunk(b"iCCP", b"odd\0\0" + zlib.compress(bytes(20_000_000))),
    "an animation of one picture": chunk(b"acTL", struct.pack(">II", 1, 0)),
    "an animation of no picture": chunk(b"acTL", bytes(8)),
    "a private chunk": chunk(b"prVt", b"anything"),
    "a time": chunk(b"tIME", bytes(3)),
}


@pytest.mark.parametrize("side", SIDE_CHUNKS)
def test_what_stands_beside_the_pixels_changes_none(side):
    for data in (with_chunks(PLAIN, SIDE_CHUNKS[side]), behind_the_pixels(PLAIN, SIDE_CHUNKS[side])):
        assert numpy.array_equal(pixels(data), numpy.asarray(photograph((96, 72))))


@pytest.mark.parametrize("tail", [b"\0" * 500, b"<html>", PLAIN], ids=["nothing", "a page", "another picture"])
def test_what_follows_the_end_changes_nothing(tail):
    assert numpy.array_equal(pixels(PLAIN + tail), pixels(PLAIN))


def test_wrong_checksums_of_the_pixels_change_nothing():
    at = PLAIN.index(b"IEND") - 5
    assert numpy.array_equal(pixels(PLAIN[:at] + bytes([PLAIN[at] ^ 1]) + PLAIN[at + 1 :]), pixels(PLAIN))


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_the_transparent_grey_becomes_white_at_every_depth(depth):
    """The levels 0, 1, 0, 1 ... where 0 is transparent, and then where 1 is."""
    per_byte = 8 // depth
    row = b"\0" + bytes([sum((place % 2) << (8 - depth * (place + 1)) for place in range(per_byte))] * 32)
    if depth == 8:
        row = b"\0" + bytes([0, 1] * 16)
    size, step = (32 * per_byte, 8), 255 // ((1 << depth) - 1)
    for key, expected in ((0, [255, step]), (1, [0, 255])):
        found = pixels(raw_png(size, depth, 0, row * 8, chunk(b"tRNS", struct.pack(">H", key))))
        assert found[0, :2, 0].tolist() == expected


def test_the_transparent_grey_of_16_bits_becomes_white_and_its_neighbour_does_not():
    levels = numpy.full((8, 8), 40000, numpy.uint16)
    levels[:, :2], levels[:, 2:4] = 0x1234, 0x1235
    found = pixels(grey_png(levels, chunk(b"tRNS", struct.pack(">H", 0x1234))))
    assert found[0, 0].tolist() == WHITE
    assert found[0, 2].tolist() == [18, 18, 18]
    assert found[0, 7].tolist() == [156, 156, 156]


def test_the_transparent_colour_of_16_bits_becomes_white_and_its_neighbour_does_not():
    row = b"\0" + struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC) * 4 + struct.pack(">HHH", 0x1234, 0x5678, 0x9ABD) * 4
    found = pixels(raw_png((8, 8), 16, 2, row * 8, chunk(b"tRNS", struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC))))
    assert found[0, 0].tolist() == WHITE
    assert found[0, 7].tolist() == [0x12, 0x56, 0x9A]


def test_the_transparent_colour_of_8_bits_becomes_white_by_its_lower_bits():
    row = b"\0" + bytes((10, 20, 30)) * 4 + bytes((10, 20, 31)) * 4
    found = pixels(raw_png((8, 8), 8, 2, row * 8, chunk(b"tRNS", struct.pack(">HHH", 0xFF0A, 20, 30))))
    assert found[0, 0].tolist() == WHITE
    assert found[0, 7].tolist() == [10, 20, 31]


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_a_palette_may_be_transparent_in_parts_at_every_depth(depth):
    palette = chunk(b"PLTE", bytes((200, 0, 0, 0, 0, 200)))
    row = b"\0" + bytes([0x01 if depth == 8 else 0x55 if depth == 1 else 0x11 if depth == 2 else 0x01] * 16)
    data = raw_png((16 * 8 // depth, 8), depth, 3, row * 8, palette + chunk(b"tRNS", bytes((255, 128))))
    found = {tuple(each) for each in pixels(data)[0].tolist()}
    assert found <= {(200, 0, 0), (127, 127, 227), (128, 127, 227), (127, 127, 228)}
    assert len(found) == (1 if depth == 8 else 2)


def gamma_chunk(gamma):
    return chunk(b"gAMA", struct.pack(">I", round(gamma * 100_000)))


@pytest.mark.parametrize(
    "carry",
    [
        lambda before: with_chunks(as_bytes(Image.new("L", (64, 64), 128)), before),
        lambda before: with_chunks(as_bytes(Image.new("LA", (64, 64), (128, 255))), before),
        lambda before: with_chunks(as_bytes(Image.new("RGB", (64, 64), (128, 128, 128))), before),
        lambda before: grey_png(numpy.full((64, 64), 128 * 257, numpy.uint16), before),
    ],
    ids=["grey", "grey with alpha", "colour", "grey of 16 bits"],
)
def test_a_gamma_is_honoured_for_greys_as_for_colours(carry):
    linear = pixels(carry(gamma_chunk(1.0)))[0, 0]
    assert linear.tolist() == pytest.approx([188, 188, 188], abs=1)
    assert pixels(carry(gamma_chunk(1 / 2.2)))[0, 0].tolist() == [128, 128, 128]
    assert pixels(carry(gamma_chunk(1.0) + chunk(b"sRGB", b"\0")))[0, 0].tolist() == [128, 128, 128]


def test_a_profile_counts_before_a_gamma():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = as_bytes(Image.new("RGB", (64, 64), (128, 128, 128)), icc_profile=profile)
    found = pixels(with_chunks(data, gamma_chunk(1.0)))[0, 0]
    assert found.tolist() == pytest.approx([128, 128, 128], abs=1)


def test_an_interlaced_picture_is_read():
    rows = b""
    for top, left, down, right in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2)):
        rows += (b"\0" + bytes([90]) * len(range(left, 16, right))) * len(range(top, 16, down))
    rows += (b"\0" + bytes([90]) * 16) * 8
    data = raw_png((16, 16), 8, 0, rows)
    interlaced = data[:28] + b"\1" + data[29:]
    assert (pixels(interlaced) == 90).all()


@pytest.mark.parametrize("colour", [1, 5, 7, 200])
def test_a_kind_of_colour_that_there_is_not_is_damage(colour):
    with pytest.raises(PictureError, match="a is damaged"):
        pixels(raw_png((8, 8), 8, colour, bytes(200)))


def test_texts_are_found_before_and_behind_the_pixels_packed_or_not():
    for one in (
        chunk(b"tEXt", b"key\0value"),
        chunk(b"zTXt", b"key\0\0" + zlib.compress(b"value")),
        chunk(b"iTXt", b"key\0\0\0en\0\0value"),
        chunk(b"iTXt", b"key\0\1\0en\0\0" + zlib.compress(b"value")),
    ):
        for data in (with_chunks(PLAIN, one), behind_the_pixels(PLAIN, one)):
            assert png.texts(data, ("key",)) == {"key": "value"}
    assert len(png.texts(with_chunks(PLAIN, chunk(b"tEXt", b"key\0" + LONG)), ("key",))["key"]) == png.LONGEST_TEXT

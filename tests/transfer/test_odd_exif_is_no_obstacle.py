"""A photo is taken and stands upright, whatever else its EXIF says. EXIF is never written again."""

import struct

import pytest
from PIL import Image

from tests.odd_files import chunk, exif, segment, turned, with_chunks, with_segments
from tests.pictures import as_bytes, photograph
from transfer.pictures import ANY
from transfer.reading.exif import orientation
from transfer.reading.reader import read

SIZE = (96, 72)
ODD = {
    "a maker that is a double": (0x10F, 12, 1, struct.pack("<d", 1.5)),
    "an artist that is a number": (0x13B, 3, 1, struct.pack("<H", 7)),
    "a description that is a fraction": (0x10E, 5, 1, struct.pack("<II", 1, 3)),
    "a resolution of minus one by zero": (0x11A, 10, 1, struct.pack("<ii", -1, 0)),
    "a resolution that is text": (0x11A, 2, 4, b"abc\0"),
    "a value of an unknown type": (0x110, 99, 1, b"abcd"),
    "a value behind the end of the file": (0x110, 2, 2**31, b"\xff\xff\xff\x7f"),
    "no value": (0x110, 2, 0, b""),
}
CARRIERS = {
    "JPEG": lambda picture, block: with_segments(as_bytes(picture, "JPEG"), segment(0xE1, b"Exif\0\0" + block)),
    "PNG": lambda picture, block: with_chunks(as_bytes(picture), chunk(b"eXIf", block)),
    "WEBP": lambda picture, block: as_bytes(picture, "WEBP", exif=b"Exif\0\0" + block),
    "TIFF": lambda picture, block: tiff(picture, block),
}


def tiff(picture, block):
    """The block's entries beside those of the picture, in one directory."""
    data = as_bytes(picture, "TIFF")
    (at,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, at)
    (more,) = struct.unpack_from("<H", block, 8)
    entries = [data[at + 2 + 12 * number :][:12] for number in range(count)]
    entries += [block[10 + 12 * number :][:12] for number in range(more)]
    directory = struct.pack("<H", len(entries)) + b"".join(sorted(entries, key=lambda each: each[:2][::-1])) + bytes(4)
    return data[:4] + struct.pack("<I", len(data)) + data[8:] + directory


def picture_in(data):
    return read(data, "a", ANY).picture


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("odd", ODD)
def test_it_stands_upright_beside_an_impossible_entry(carrier, odd):
    entries = sorted([ODD[odd], turned()])
    assert picture_in(CARRIERS[carrier](photograph(SIZE), exif(*entries))).size == SIZE[::-1]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_it_is_turned_the_right_way(carrier):
    left = Image.new("RGB", SIZE, (0, 0, 200))
    left.paste((200, 0, 0), (0, 0, 48, 72))
    found = picture_in(CARRIERS[carrier](left, exif(turned())))
    assert found.getpixel((36, 8))[0] > 150 > 50 > found.getpixel((36, 8))[2]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("value", range(1, 9))
def test_either_order_of_bytes_is_read(order, value):
    assert orientation(exif(turned(order, value), order=order)) == value


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"nonsense",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
        exif((0x112, 3, 1, struct.pack("<H", 9))),
        exif((0x112, 3, 1, struct.pack("<H", 0))),
        exif((0x112, 2, 2, b"6\0")),
        exif(turned())[:15],
    ],
    ids=repr,
)
def test_what_makes_no_sense_turns_nothing(block):
    assert orientation(block) == 1


def test_an_orientation_in_a_longer_number_is_read():
    assert orientation(exif((0x112, 4, 1, struct.pack("<I", 6)))) == 6


def test_an_orientation_behind_a_programs_own_words_is_read():
    assert orientation(b"Exif\0\0" + exif(turned())) == 6
    assert orientation(b"ASCII\0\0\0" + exif(turned())) == 6


def test_the_exif_that_imagemagick_writes_as_text_is_read():
    block = b"Exif\0\0" + exif(turned())
    text = f"Raw profile type exif\0\nexif\n{len(block):8}\n{block.hex()}\n".encode()
    assert picture_in(with_chunks(as_bytes(photograph(SIZE)), chunk(b"tEXt", text))).size == SIZE[::-1]
    broken = text.replace(b"45786966", b"4578696g")
    assert picture_in(with_chunks(as_bytes(photograph(SIZE)), chunk(b"tEXt", broken))).size == SIZE


def test_an_avif_with_a_turn_of_its_own_and_odd_exif_stands_upright():
    plain = as_bytes(photograph(SIZE), "AVIF", exif=b"Exif\0\0" + exif((0x10F, 2, 4, b"abc\0"), turned()))
    assert picture_in(plain).size == SIZE[::-1]
    placed = plain.index(b"II*\0")
    mended = bytearray(plain)
    for at in range(placed, placed + 60):  # the kind of the maker's entry
        if mended[at : at + 4] == b"\x0f\x01\x02\0":
            mended[at + 2] = 12
    assert picture_in(bytes(mended)).size == SIZE[::-1]

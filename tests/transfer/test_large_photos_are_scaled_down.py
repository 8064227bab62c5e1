"""A photo with too many pixels is scaled down, and it is said. Beyond what memory allows, it is refused beforehand."""

import resource
import struct
import subprocess
import sys
import zlib

import numpy
import pytest
from PIL import Image

from tests.odd_files import chunk, exif, segment, turned, with_segments
from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY
from transfer.reading.reader import Rules, read

SMALL = Rules(area=10_000, side=200)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("size", [(240, 180), (480, 360), (90, 960)])
def test_it_has_at_most_that_area_and_side_and_the_same_shape(file_format, size):
    found = read(as_bytes(photograph(size), file_format), "a", SMALL)
    width, height = found.picture.size
    assert width * height <= SMALL.area
    assert max(width, height) <= SMALL.side
    assert width / height == pytest.approx(size[0] / size[1], rel=0.1)
    assert width * height > 0.8 * SMALL.area or max(width, height) == SMALL.side
    assert found.notes == (f"a had {size[0]:,} × {size[1]:,} pixels, and was scaled down to {width:,} × {height:,}.",)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_looks_the_same_when_small(mode):
    picture = photograph((480, 360))
    if mode == "I;16":
        image = Image.fromarray(numpy.asarray(picture.convert("L")).astype(numpy.uint16) * 257)
        expected = picture.convert("L").convert("RGB")
    else:
        image = picture.convert(mode)
        expected = image.convert("RGB")
    found = read(as_bytes(image), "a", SMALL).picture
    expected = expected.resize(found.size, Image.Resampling.LANCZOS)
    assert numpy.abs(numpy.asarray(found, float) - numpy.asarray(expected, float)).mean() < 8


def test_a_transparent_colour_is_still_one():
    image = Image.new("L", (480, 360), 90)
    image.paste(10, (0, 0, 240, 360))
    found = read(as_bytes(image, transparency=10), "a", SMALL).picture
    assert found.getpixel((5, 5)) == (255, 255, 255)
    assert found.getpixel((100, 5)) == (90, 90, 90)


def test_the_note_gives_the_size_of_a_turned_photo_as_one_sees_it():
    data = with_segments(as_bytes(photograph((480, 360)), "JPEG"), segment(0xE1, b"Exif\0\0" + exif(turned())))
    assert read(data, "a", SMALL).notes[0].startswith("a had 360 × 480 pixels")


def test_what_fits_stays_as_it_is():
    found = read(as_bytes(photograph((100, 80))), "a", SMALL)
    assert numpy.array_equal(numpy.asarray(found.picture), numpy.asarray(photograph((100, 80))))
    assert found.notes == ()


def test_nothing_is_scaled_where_no_bound_is_given():
    assert read(as_bytes(photograph((480, 360))), "a", ANY).picture.size == (480, 360)


def png_header(width, height):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


def jpeg_header(width, height):
    data = as_bytes(photograph((64, 64)), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def webp_header(width, height):
    body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0" + body


def bmp_header(width, height):
    data = bytearray(as_bytes(photograph((64, 64)), "BMP"))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


HUGE = {
    "PNG": png_header(60_000, 60_000),
    "the largest PNG": png_header(2**31 - 1, 2**31 - 1),
    "JPEG": jpeg_header(60_000, 60_000),
    "WebP": webp_header(16_383, 16_383),
    "BMP": bmp_header(60_000, 60_000),
}


@pytest.mark.parametrize("case", HUGE)
def test_a_bomb_is_refused_by_its_header(case):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PictureError, match="million are the most: scale it down first"):
        read(HUGE[case], "a", Rules(area=40_000_000, side=12_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB


def test_a_photo_of_108_megapixels_is_halved_while_it_is_decoded():
    data = as_bytes(Image.new("L", (12_000, 9_000), 90), "JPEG")
    found = read(data, "a", Rules(area=40_000_000, side=12_000))
    assert found.picture.size == (6_000, 4_500)
    assert found.notes


def test_a_small_file_that_claims_40_megapixels_takes_little_memory():
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 6_300, 6_300, 8, 6, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    words = "import resource, sys; from transfer.pictures import ANY; from transfer.reading.reader import read"
    words += "\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss"
    words += "\ntry: read(sys.stdin.buffer.read(), 'a', ANY)"
    words += "\nexcept Exception as error: print(error, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    done = subprocess.run([sys.executable, "-c", words], input=data, capture_output=True, check=True)
    sentence, _, taken = done.stdout.decode().rpartition(" ")
    assert "damaged" in sentence
    assert int(taken) < 250_000  # KiB: the picture once

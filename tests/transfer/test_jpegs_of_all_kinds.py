"""JPEGs as cameras, phones and old programs write them are read, or refused with a sentence."""

import io
import struct
import time

import numpy
import pytest
from PIL import Image, ImageCms

from tests.odd_files import exif, many_scans, segment, turned, with_segments
from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY
from transfer.reading.reader import read

SIZE = (96, 72)
PLAIN = as_bytes(photograph(SIZE), "JPEG", quality=95)


def opened(data):
    return read(data, "a.jpg", ANY)


def differs_by(picture, other=None):
    other = photograph(SIZE) if other is None else other
    return float(numpy.abs(numpy.asarray(picture, float) - numpy.asarray(other, float)).mean())


def with_frame(marker, precision):
    """The plain file with another kind of frame."""
    at = PLAIN.index(b"\xff\xc0")
    return PLAIN[: at + 1] + bytes([marker]) + PLAIN[at + 2 : at + 4] + bytes([precision]) + PLAIN[at + 5 :]


@pytest.mark.parametrize(("side", "count"), [(2000, 400), (4000, 60), (700, 3000)])
def test_many_layers_are_refused_or_read_within_a_second(side, count):
    data = many_scans(side, count)
    started = time.monotonic()
    try:
        opened(data)
    except PictureError as error:
        assert "layers" in str(error)  # noqa: PT017
    assert time.monotonic() - started < 1.5


def test_an_ordinary_progressive_picture_is_read():
    assert differs_by(opened(as_bytes(photograph(SIZE), "JPEG", quality=95, progressive=True)).picture) < 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (with_frame(0xC1, 12), "a.jpg is a JPEG of 12 bits"),
        (with_frame(0xC3, 8), "a.jpg is a lossless JPEG"),
        (with_frame(0xCB, 8), "a.jpg is a lossless JPEG"),
        (with_frame(0xC0, 8).replace(b"\xff\xc0\0\x11\x08\0\x48", b"\xff\xc0\0\x11\x08\0\0"), "damaged"),
        (b"\xff\xd8", "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8\xff\xc0\0\x02\xff\xd9", "damaged"),
    ],
    ids=["12 bits", "lossless", "lossless and arithmetic", "no height", "a beginning", "nothing", "an empty frame"],
)
def test_what_cannot_be_read_is_named(data, says):
    with pytest.raises(PictureError, match=says) as refused:
        opened(data)
    assert str(refused.value).endswith(".")


SIDE_SEGMENTS = {
    "a short JFIF": segment(0xE0, b"JFIF\0"),
    "a damaged Photoshop block": segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04"),
    "a profile of which a part is missing": segment(0xE2, b"ICC_PROFILE\0\1\2" + b"abc"),
    "a profile without a number": segment(0xE2, b"ICC_PROFILE\0"),
    "a profile that is none": segment(0xE2, b"ICC_PROFILE\0\1\1" + b"abc"),
    "a directory of pictures that is none": segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff"),
    "a comment": segment(0xFE, b"hello"),
    "an empty comment": segment(0xFE, b""),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + b"y" * 60_000),
    "a short Adobe mark": segment(0xEE, b"Adobe"),
    "fill bytes": b"\xff\xff\xff",
    "bytes of no segment": b"\0\0\0\0",
}


@pytest.mark.parametrize("side", SIDE_SEGMENTS)
def test_what_stands_beside_the_pixels_changes_none(side):
    assert differs_by(opened(with_segments(PLAIN, SIDE_SEGMENTS[side])).picture) < 3


@pytest.mark.parametrize("tail", [b"\0" * 500, PLAIN, b"ftypmp42 a film"], ids=["nothing", "a picture", "a film"])
def test_what_follows_the_end_changes_nothing(tail):
    assert differs_by(opened(PLAIN + tail).picture) < 3


def test_of_two_pictures_in_one_file_the_first_is_taken_and_it_is_said():
    buffer = io.BytesIO()
    photograph(SIZE).save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", SIZE, "red")], quality=95)
    found = opened(buffer.getvalue())
    assert differs_by(found.picture) < 3
    assert found.notes == ("a.jpg holds 2 pictures: the first one is used.",)


def test_a_picture_with_a_map_of_its_brightness_is_one_picture():
    data = as_bytes(photograph(SIZE), "JPEG", quality=95)
    of_two = segment(0xE2, b"MPF\0" + exif((0xB001, 4, 1, struct.pack("<I", 2))))
    assert opened(with_segments(data, segment(0xE1, b'x\0 hdrgm:Version="1.0"'), of_two)).notes == ()
    assert len(opened(with_segments(data, of_two)).notes) == 1


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_greys_and_printing_colours_keep_their_looks(mode):
    picture = photograph(SIZE).convert(mode)
    assert differs_by(opened(as_bytes(picture, "JPEG", quality=95)).picture, picture.convert("RGB")) < 6


def test_a_profile_for_greys_is_applied_to_greys_and_ignored_for_colours():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for mode in ("L", "RGB", "CMYK"):
        picture = photograph(SIZE).convert(mode)
        found = opened(as_bytes(picture, "JPEG", quality=95, icc_profile=swapped)).picture
        assert differs_by(found, picture.convert("RGB")) < 6


def test_a_profile_in_parts_out_of_order_is_put_together():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    parts = [segment(0xE2, b"ICC_PROFILE\0" + bytes((number, 2)) + part) for number, part in
             ((2, profile[200:]), (1, profile[:200]))]  # fmt: skip
    red = as_bytes(Image.new("RGB", SIZE, (230, 20, 20)), "JPEG", quality=95)
    level = opened(with_segments(red, *parts)).picture.getpixel((40, 40))
    assert level[2] > 200 > 60 > level[0]


def test_the_first_exif_counts():
    first, second = (segment(0xE1, b"Exif\0\0" + exif(turned(value=value))) for value in (6, 3))
    assert opened(with_segments(PLAIN, first, second)).picture.size == SIZE[::-1]

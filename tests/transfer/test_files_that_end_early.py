"""A file that lost its end is taken where most of the picture is there, and refused with a sentence where it is not."""

import io
import threading

import numpy
import pytest
from PIL import Image, ImageFile

from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY
from transfer.reading.reader import read

SIZE = (400, 300)


def noisy(size=SIZE):
    """A photograph whose file has about as many bytes for each of its rows."""
    dice = numpy.random.default_rng(1)
    levels = numpy.asarray(photograph(size)).astype(int) + dice.integers(-40, 40, (size[1], size[0], 3))
    return Image.fromarray(levels.clip(0, 255).astype(numpy.uint8))


def opened(data):
    return read(data, "a", ANY)


def upper_part_differs_by(found, rows):
    return float(numpy.abs(numpy.asarray(found, float)[:rows] - numpy.asarray(noisy(), float)[:rows]).mean())


@pytest.mark.parametrize("missing", [1, 2, 3, 10])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}], ids=str)
def test_a_jpeg_that_lacks_its_last_bytes_is_whole(missing, options):
    found = opened(as_bytes(noisy(), "JPEG", quality=95, **options)[:-missing])
    assert found.picture.size == SIZE
    assert found.notes == ()
    assert upper_part_differs_by(found.picture, 280) < 25


def test_a_small_jpeg_that_lacks_its_last_bytes_is_whole():
    assert opened(as_bytes(photograph((64, 64)), "JPEG")[:-2]).picture.size == (64, 64)


@pytest.mark.parametrize(("file_format", "says"), [("JPEG", True), ("PNG", True)])
def test_most_of_a_picture_is_taken_and_it_is_said(file_format, says):
    whole = as_bytes(noisy(), file_format)
    found = opened(whole[: len(whole) * 95 // 100])
    assert found.picture.size == SIZE
    assert found.notes == ("a ends early: the last part of the picture is missing.",)
    assert upper_part_differs_by(found.picture, 265) < 25


def test_what_is_missing_of_a_png_is_white():
    whole = as_bytes(noisy())
    found = numpy.asarray(opened(whole[: len(whole) * 95 // 100]).picture)
    assert (found[-5:] == 255).all()


def test_a_progressive_jpeg_without_its_finest_layer_is_whole():
    whole = as_bytes(noisy(), "JPEG", quality=95, progressive=True)
    last = whole.rindex(b"\xff\xda")
    assert upper_part_differs_by(opened(whole[: (last + len(whole)) // 2]).picture, 300) < 25


@pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 2 / 3, 0.8])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
def test_less_is_refused(file_format, part):
    whole = as_bytes(noisy(), file_format)
    with pytest.raises(PictureError, match=r"a is (damaged|not a picture)"):
        opened(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("part", [0.1, 0.2])
def test_too_little_of_a_progressive_jpeg_is_refused(part):
    whole = as_bytes(noisy(), "JPEG", quality=95, progressive=True)
    with pytest.raises(PictureError, match="a is damaged"):
        opened(whole[: int(len(whole) * part)])


def test_a_png_without_its_end_or_with_a_wrong_checksum_of_all_its_pixels_is_whole():
    whole = as_bytes(noisy())
    for data in (whole[:-12], whole[:-14]):
        found = opened(data)
        assert numpy.array_equal(numpy.asarray(found.picture), numpy.asarray(noisy()))
        assert found.notes == ()


def test_reading_one_leniently_makes_no_other_reader_lenient():
    """Pillow's own switch is for the whole process, and so for every thread."""
    whole, seen = as_bytes(noisy()), []
    reading = threading.Thread(target=lambda: [opened(whole[: len(whole) * 95 // 100]) for _ in range(3)])
    reading.start()
    while reading.is_alive():
        seen.append(ImageFile.LOAD_TRUNCATED_IMAGES)
    reading.join()
    with Image.open(io.BytesIO(whole[: len(whole) // 2])) as image, pytest.raises(OSError, match="truncated"):
        image.load()
    assert not any(seen)

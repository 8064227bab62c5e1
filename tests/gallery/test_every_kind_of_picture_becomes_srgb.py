"""Whatever format a picture has, the site stores it as an 8-bit sRGB PNG that looks the same."""

from collections.abc import Callable

import numpy
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.gallery.files import profile_with_red_and_blue_swapped, upload
from tests.pictures import as_bytes, photograph

Pixels = Callable[[SimpleUploadedFile], Image.Image]
SIZE = (96, 72)


def differs_by(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures in levels of 0 to 255."""
    return float(numpy.abs(numpy.asarray(one, float) - numpy.asarray(other, float)).mean())


@pytest.mark.parametrize(
    ("name", "file_format", "options"),
    [
        ("photo.jpg", "JPEG", {"quality": 95}),
        ("photo.jpeg", "JPEG", {"quality": 95}),
        ("photo.jpg", "JPEG", {"quality": 95, "progressive": True}),
        ("photo.png", "PNG", {}),
        ("photo.png", "PNG", {"compress_level": 0}),
        ("photo.webp", "WEBP", {"quality": 95}),
        ("photo.webp", "WEBP", {"lossless": True}),
        ("photo.avif", "AVIF", {"quality": 95}),
        ("PHOTO.JPG", "JPEG", {"quality": 95}),
        ("Photo.PnG", "PNG", {}),
        ("photo", "PNG", {}),
        ("photo", "JPEG", {"quality": 95}),
    ],
)
def test_formats_and_names(name: str, file_format: str, options: dict, stored_pixels: Pixels) -> None:
    stored = stored_pixels(upload(name, as_bytes(photograph(SIZE), file_format, **options)))

    assert (stored.format or "PNG", stored.mode, stored.size) == ("PNG", "RGB", SIZE)
    assert differs_by(stored, photograph(SIZE)) < 4


def test_a_cmyk_jpeg_keeps_its_colours(stored_pixels: Pixels) -> None:
    stored = stored_pixels(upload("print.jpg", as_bytes(photograph(SIZE).convert("CMYK"), "JPEG", quality=95)))

    assert differs_by(stored, photograph(SIZE)) < 6


def test_sixteen_bit_greys_are_scaled_and_not_clipped(stored_pixels: Pixels) -> None:
    levels = numpy.linspace(0, 65535, SIZE[0] * SIZE[1]).reshape(SIZE[::-1]).astype(numpy.uint16)
    stored = stored_pixels(upload("heightmap.png", as_bytes(Image.fromarray(levels))))

    found = numpy.asarray(stored, float)
    assert stored.mode == "RGB"
    assert (found.min(), found.max()) == (0, 255)
    assert found.mean() == pytest.approx(127.5, abs=0.5)
    assert numpy.abs(found[..., 0] - levels / 257).max() <= 1


def test_a_palette_keeps_its_colours(stored_pixels: Pixels) -> None:
    indexed = photograph(SIZE).quantize(64)
    stored = stored_pixels(upload("indexed.png", as_bytes(indexed)))

    assert differs_by(stored, indexed.convert("RGB")) == 0


def test_the_transparent_colour_of_a_palette_becomes_white(stored_pixels: Pixels) -> None:
    indexed = Image.new("P", SIZE, 1)
    indexed.putpalette([10, 20, 30, 200, 40, 40])
    indexed.paste(0, (0, 0, 48, 72))
    stored = stored_pixels(upload("cut-out.png", as_bytes(indexed, transparency=0)))

    assert stored.getpixel((10, 10)) == (255, 255, 255)
    assert stored.getpixel((80, 10)) == (200, 40, 40)


def test_an_alpha_channel_is_laid_over_white(stored_pixels: Pixels) -> None:
    glass = Image.new("RGBA", SIZE, (200, 0, 0, 0))
    glass.paste((0, 0, 200, 255), (32, 0, 64, 72))
    glass.paste((0, 200, 0, 128), (64, 0, 96, 72))
    stored = stored_pixels(upload("glass.png", as_bytes(glass)))

    assert stored.getpixel((10, 10)) == (255, 255, 255)
    assert stored.getpixel((40, 10)) == (0, 0, 200)
    assert stored.getpixel((80, 10)) == pytest.approx((127, 227, 127), abs=2)


def test_grey_with_alpha_is_laid_over_white(stored_pixels: Pixels) -> None:
    glass = Image.new("LA", SIZE, (0, 0))
    glass.paste((60, 255), (48, 0, 96, 72))
    stored = stored_pixels(upload("glass.png", as_bytes(glass)))

    assert stored.getpixel((10, 10)) == (255, 255, 255)
    assert stored.getpixel((80, 10)) == (60, 60, 60)


def test_a_transparent_webp_is_laid_over_white(stored_pixels: Pixels) -> None:
    glass = Image.new("RGBA", SIZE, (200, 0, 0, 0))
    stored = stored_pixels(upload("glass.webp", as_bytes(glass, "WEBP", lossless=True)))

    assert stored.getpixel((10, 10)) == (255, 255, 255)


def test_one_bit_becomes_black_and_white(stored_pixels: Pixels) -> None:
    scan = Image.new("1", SIZE, 1)
    scan.paste(0, (0, 0, 48, 72))
    stored = stored_pixels(upload("scan.png", as_bytes(scan)))

    assert stored.getpixel((10, 10)) == (0, 0, 0)
    assert stored.getpixel((80, 10)) == (255, 255, 255)


@pytest.mark.parametrize(("orientation", "size"), [(1, SIZE), (3, SIZE), (6, SIZE[::-1]), (8, SIZE[::-1])])
def test_a_rotated_photo_is_stored_upright(orientation: int, size: tuple[int, int], stored_pixels: Pixels) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    sideways = Image.new("RGB", SIZE, (0, 0, 200))
    sideways.paste((200, 0, 0), (0, 0, 48, 72))
    stored = stored_pixels(upload("phone.jpg", as_bytes(sideways, "JPEG", quality=95, exif=exif)))

    width, height = stored.size
    assert stored.size == size
    corners = {1: (4, 4), 3: (width - 5, 4), 6: (4, 4), 8: (4, height - 5)}
    red, _, blue = stored.getpixel(corners[orientation])
    assert red > 150 > 50 > blue


@pytest.mark.parametrize(("name", "file_format"), [("wide.jpg", "JPEG"), ("wide.png", "PNG")])
def test_a_profile_of_another_colour_space_is_applied(name: str, file_format: str, stored_pixels: Pixels) -> None:
    red = Image.new("RGB", SIZE, (230, 20, 20))
    stored = stored_pixels(upload(name, as_bytes(red, file_format, icc_profile=profile_with_red_and_blue_swapped())))

    red_level, _, blue_level = stored.getpixel((40, 40))
    assert blue_level > 200
    assert red_level < 60


def test_a_damaged_profile_is_ignored(stored_pixels: Pixels) -> None:
    stored = stored_pixels(upload("odd.png", as_bytes(photograph(SIZE), icc_profile=b"this is no profile")))

    assert differs_by(stored, photograph(SIZE)) == 0

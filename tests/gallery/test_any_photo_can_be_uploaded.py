"""Photos as people have them are taken as they are; what was changed is said on the page of their render."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Picture
from gallery.pictures import names, uploads
from tests.gallery.files import upload
from tests.odd_files import exif, segment, turned, with_segments
from tests.pictures import as_bytes, photograph

TURNED, TWO = (Path(__file__).parent / name for name in ("turned.heic", "two.heic"))
JPEG = as_bytes(photograph((96, 72)), "JPEG", quality=95)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a_jpeg_called.png", JPEG),
        ("photo.1", JPEG),
        ("photo.HEIC", JPEG),
        ("photo", JPEG),
        ("photo.jpg", as_bytes(photograph((96, 72)), "WEBP")),
        ("photo.html", as_bytes(photograph((96, 72)))),
        ("photo.gif", as_bytes(photograph((96, 72)), "GIF")),
        ("photo.bmp", as_bytes(photograph((96, 72)), "BMP")),
        ("photo.tif", as_bytes(photograph((96, 72)), "TIFF")),
        ("cut.jpg", JPEG[:-2]),
    ],
)
def test_content_decides_and_the_name_is_only_text(
    name: str, content: bytes, stored_picture: Callable[[SimpleUploadedFile], Picture]
) -> None:
    picture = stored_picture(upload(name, content))

    assert (picture.name, picture.width, picture.height) == (name, 96, 72)


def test_a_phones_heic_is_taken_upright(stored_pixels: Callable[[SimpleUploadedFile], Image.Image]) -> None:
    stored = stored_pixels(upload("IMG_0001.HEIC", TURNED.read_bytes()))

    assert stored.size == (96, 128)
    top, bottom = (numpy.asarray(stored)[rows].mean((0, 1)) for rows in (slice(0, 20), slice(-20, None)))
    assert top[2] > bottom[2]  # the sky is above


def test_of_two_pictures_in_a_heic_the_first_is_taken_and_it_is_said(
    post_pair: Callable[..., HttpResponse], client: Client
) -> None:
    response = post_pair(content=upload("burst.heic", TWO.read_bytes()))

    page = client.get(response.headers["Location"]).content.decode()
    assert "burst.heic holds 2 pictures: the first one is used." in page


def test_a_photo_with_odd_exif_is_stored_upright(stored_picture: Callable[[SimpleUploadedFile], Picture]) -> None:
    block = exif((0x10F, 12, 1, struct.pack("<d", 1.5)), turned(), (0x11A, 10, 1, struct.pack("<ii", -1, 0)))
    picture = stored_picture(upload("a.jpg", with_segments(JPEG, segment(0xE1, b"Exif\0\0" + block))))

    assert (picture.width, picture.height) == (72, 96)


def test_what_was_changed_is_said_on_the_next_page(
    post_pair: Callable[..., HttpResponse], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = uploads.Rules(uploads.TAKEN, area=6000, side=200, animated=False)
    monkeypatch.setattr(uploads, "RULES", small)
    response = post_pair(content=upload("big.jpg", JPEG), style=upload("s.png", as_bytes(photograph((64, 64)))))

    page = client.get(response.headers["Location"]).content.decode()
    assert "big.jpg had 96 × 72 pixels, and was scaled down to 89 × 67." in page


def test_a_photo_of_more_than_40_million_pixels_is_scaled_down(
    stored_picture: Callable[[SimpleUploadedFile], Picture],
) -> None:
    picture = stored_picture(upload("large.png", as_bytes(Image.new("1", (8200, 5000)))))

    assert picture.width * picture.height <= uploads.LARGEST_AREA
    assert picture.width / picture.height == pytest.approx(1.64, abs=0.01)


def test_heights_are_scaled_to_what_is_there_and_it_is_said(
    post_pair: Callable[..., HttpResponse], client: Client
) -> None:
    levels = numpy.linspace(0, 1, 96 * 72, dtype="float32").reshape(72, 96)
    response = post_pair(content=upload("alps.tif", as_bytes(Image.fromarray(levels), "TIFF")))

    page = client.get(response.headers["Location"]).content.decode()
    assert "alps.tif has levels from 0 to 1: they were stretched from black to white." in page


@pytest.mark.parametrize(
    ("name", "called"),
    [("house.jpg", "house.jpg"), ("a\u202egpj.exe", "agpj.exe"), ("x" * 300, "x" * 60 + "…"), ("../x.png", "x.png")],
)
def test_a_sentence_names_the_file_as_the_person_called_it(
    name: str, called: str, post_pair: Callable[..., HttpResponse]
) -> None:
    response = post_pair(content=upload(name, b"Dear diary"))

    (sentence,) = response.context["form"].errors["content"]
    assert sentence == f"{called} is a text file and not a picture: choose a JPEG or a PNG."


@pytest.mark.parametrize("name", ["", " ", "\u200b\u202e"])
def test_a_file_without_a_name_is_this_picture(name: str) -> None:
    assert names.called(name) == "This picture"


def test_the_plan_knows_the_size_that_a_large_photo_will_have(client: Client, db: None) -> None:
    sizes = {"style_size": "800x600", "image_size": "512"}
    large, fitting = (client.get("/new/plan/", {**sizes, "content_size": size}) for size in ("12000x9000", "4000x3000"))

    assert large.content.strip()
    assert large.content == fitting.content

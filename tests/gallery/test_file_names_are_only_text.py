"""A file's name is shown as escaped text, and names nothing in the storage."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture
from tests.gallery.files import upload
from tests.pictures import as_bytes, photograph

STORED_NAME = re.compile(r"(pictures|thumbnails)/[0-9a-f]{2}/[0-9a-f]{64}(-\d+)?\.(png|webp|avif)")
NAMES = [
    "<script>alert(1)</script>.png",
    '"><img src=x onerror=alert(1)>.png',
    "../../../etc/x.png",
    "..\\..\\x.png",
    "a" * 400 + ".png",
    "Bärbel 🌅 写真.png",
    "{{ 7|add:35 }} {% now %}.png",
    "line\nbreak.png",
    ".png",
    "%2e%2e%2fx.png",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_harmless(
    name: str,
    client: Client,
    post_pair: Callable[..., HttpResponse],
    stored_files: Callable[[], set[str]],
) -> None:
    response = post_pair(content=upload(name, as_bytes(photograph((96, 72)))))
    assert response.status_code == 302

    assert all(STORED_NAME.fullmatch(stored) for stored in stored_files())
    assert all(len(picture.name) <= 255 for picture in Picture.objects.all())
    for address in (response.headers["Location"], "/pictures/", "/queue/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert "<img src=x" not in page


def test_an_ordinary_name_is_shown(client: Client, post_pair: Callable[..., HttpResponse]) -> None:
    response = post_pair(content=upload("Bärbel & Söhne.png", as_bytes(photograph((96, 72)))))

    assert "Bärbel &amp; Söhne.png" in client.get(response.headers["Location"]).content.decode()


def test_folders_are_no_part_of_a_name(stored_picture: Callable[[SimpleUploadedFile], Picture]) -> None:
    assert stored_picture(upload("../../x.png", as_bytes(photograph((96, 72))))).name == "x.png"

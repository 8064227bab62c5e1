"""What is known of a picture that was made is downloaded from “My pictures”."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gallery.models import Picture


@pytest.fixture
def made(client: Client, db: None) -> Callable[[str], Picture]:
    def make(generator: str) -> Picture:
        assert client.post(f"/make/{generator}/", {"image_size": "160", "seed": "7"}).status_code == 302
        return Picture.objects.get()

    return make


def offered(client: Client) -> list[str]:
    """The addresses of all downloads on the page."""
    return re.findall(r'href="([^"]+)" download=', client.get("/pictures/").content.decode())


def names(client: Client, picture: Picture) -> list[str]:
    content = client.get(f"/pictures/{picture.id}/relief/maps.zip").getvalue()
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_a_world_has_everything(made: Callable[[str], Picture], client: Client) -> None:
    picture = made("world")
    found = offered(client)

    assert {address.rsplit("/", 1)[1] for address in found if address.startswith("/pictures/")} == {
        "relief.glb", "normals.png", "maps.zip", "rivers.geojson", "rivers.svg",
        *(f"height-{side}.raw" for side in (513, 1009, 1025, 2017, 2049, 4033)),
    }  # fmt: skip
    assert {str(picture.elevation.url), str(picture.labels.url)} <= set(found)
    assert all(client.get(address).status_code == 200 for address in found)


def test_its_zip_has_everything_too(made: Callable[[str], Picture], client: Client) -> None:
    assert names(client, made("world")) == ["result.png", "height.png", "labels.png", "rivers.geojson", "rivers.svg"]


def test_a_city_is_flat_and_has_labels(made: Callable[[str], Picture], client: Client) -> None:
    picture = made("city")

    assert [address.rsplit("/", 1)[1] for address in offered(client)][1:] == ["maps.zip"]
    assert names(client, picture) == ["result.png", "labels.png"]
    assert client.get(f"/pictures/{picture.id}/relief/relief.glb").status_code == 404


def test_an_upload_has_nothing_of_it(make_picture: Callable[..., Picture], client: Client) -> None:
    picture = make_picture(seed=1)

    assert offered(client) == []
    assert client.get(f"/pictures/{picture.id}/relief/maps.zip").status_code == 404


def test_they_go_with_the_picture(
    made: Callable[[str], Picture],
    client: Client,
    stored_files: Callable[[], set[str]],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    picture = made("world")
    assert any(name.startswith("maps/") for name in stored_files())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/pictures/{picture.id}/delete/")

    assert not any(name.startswith("maps/") for name in stored_files())

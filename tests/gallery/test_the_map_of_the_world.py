"""The map on which a part of the Earth is chosen is small, and a browser keeps it."""

import io

import pytest
from django.test import Client
from PIL import Image

from gallery.pictures import world_map
from gallery.views.studio import making


def test_it_shows_the_whole_earth(client: Client) -> None:
    response = client.get("/make/earth/map.webp")

    assert len(response.content) < 100_000
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (1024, 512)
        sahara, pacific = (image.convert("RGB").getpixel(place) for place in ((560, 190), (60, 250)))
    assert sahara[0] > sahara[2]
    assert pacific[2] > pacific[0]


def test_a_browser_that_has_it_is_told_so(client: Client) -> None:
    tag = client.get("/make/earth/map.webp").headers["ETag"]

    assert client.get("/make/earth/map.webp", headers={"If-None-Match": tag}).status_code == 304


def test_without_its_pictures_there_is_none(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(world_map, "FILE", "nothing.jpg")
    monkeypatch.setattr(making, "world_map", world_map.world_map.__wrapped__)

    assert client.get("/make/earth/map.webp").status_code == 404

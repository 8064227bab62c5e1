"""The Earth's places are chosen by small pictures, all in one file, which is made once."""

import io

import pytest
from django.test import Client
from PIL import Image, ImageStat

from gallery.pictures import place_pictures
from gallery.pictures.place_pictures import CELL, corner
from transfer.errors import PictureError
from transfer.synthesis.recipes.places import PLACES

pytestmark = pytest.mark.django_db


def test_each_place_has_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = client.get("/make/earth/places.webp")
    with Image.open(io.BytesIO(response.content)) as image:
        sheet = image.convert("RGB")

    def mean(name: str) -> list[float]:
        left, top = corner(list(PLACES).index(name))
        return ImageStat.Stat(sheet.crop((left, top, left + CELL[0], top + CELL[1]))).mean

    sahara, amazon, greenland = mean("sahara"), mean("amazon"), mean("greenland")
    assert sahara[0] > sahara[2] + 40
    assert amazon[1] > amazon[0]
    assert min(greenland) > max(amazon)
    assert len(response.content) < 120_000

    monkeypatch.setattr(place_pictures, "crop", None)
    assert client.get("/make/earth/places.webp").content == response.content


def test_the_panel_has_a_button_for_each(client: Client) -> None:
    page = client.get("/make/earth/?place=sahara").content.decode()

    assert all(f'data-place="{name}"' in page for name in PLACES)


def test_without_the_pictures_of_the_earth_there_is_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str, make: object) -> bytes:
        raise PictureError("They are not installed.")

    monkeypatch.setattr(place_pictures, "made_once", missing)
    assert client.get("/make/earth/places.webp").status_code == 404

"""Where a preview takes long, a panel may ask for a much smaller one first."""

import io
import json

import pytest
from django.test import Client
from PIL import Image

from tests.gallery.made import PAUSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]


def test_it_is_the_same_picture_smaller(client: Client) -> None:
    quick = client.get("/make/stripes.webp?shape=2:1&quick=1")
    with Image.open(io.BytesIO(quick.content)) as image:
        assert image.size == (64, 32)
    exact = client.get("/make/stripes.webp?shape=2:1")
    with Image.open(io.BytesIO(exact.content)) as image:
        assert image.size == (256, 128)
    assert quick.headers["ETag"] != exact.headers["ETag"]
    assert json.loads(quick.headers["Made"])["remarks"] == []


def test_a_preview_says_how_long_it_took_also_when_it_is_remembered(client: Client) -> None:
    for _ in range(2):
        assert json.loads(client.get("/make/stripes.webp?steps=2").headers["Made"])["seconds"] >= 2 * PAUSE

"""The preview of a generated picture is a small WebP that tells what is known of it, and that a browser keeps."""

import io
import json

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from tests.gallery.made import made_to_the_end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stripes")]


def test_it_is_a_webp_of_the_pictures_shape(client: Client) -> None:
    response = client.get("/make/stripes.webp?image_size=4096&shape=2:1")

    assert response.headers["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("WEBP", (256, 128))


def test_it_tells_facts_labels_and_the_link(client: Client) -> None:
    about = json.loads(client.get("/make/stripes.webp?wide=0.25&seed=7").headers["Made"])

    assert about["facts"] == ["25% land"]
    assert [(name, share) for name, share, _ in about["labels"]] == [("water", 0.75), ("plains", 0.25)]
    assert about["link"] == "/make/stripes/?version=2&seed=7&wide=0.25"
    assert about["remarks"] == []


def test_another_seed_gives_another_picture(client: Client) -> None:
    one, other, again = (client.get(f"/make/stripes.webp?seed={seed}").content for seed in (1, 2, 1))

    assert one == again != other


def test_a_browser_that_has_it_is_told_so_and_nothing_is_made(client: Client) -> None:
    response = client.get("/make/stripes.webp?seed=3")
    made_to_the_end.clear()
    cache.clear()
    again = client.get("/make/stripes.webp?seed=3", headers={"If-None-Match": response.headers["ETag"]})

    assert "max-age" in response.headers["Cache-Control"]
    assert again.status_code == 304
    assert made_to_the_end == []


def test_what_is_wrong_in_the_address_is_mended_and_said(client: Client) -> None:
    response = client.get("/make/stripes.webp?wide=7")

    assert response.status_code == 200
    assert json.loads(response.headers["Made"])["remarks"] == ["Wide cannot be “7” here: it is 0.9."]


def test_it_gives_nobody_a_session(client: Client) -> None:
    assert not client.get("/make/stripes.webp").cookies

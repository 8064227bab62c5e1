"""Somebody brings a map once; then the preview follows the fields, and what is used is a render of that map."""

import io
from collections.abc import Callable

import numpy
import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render
from gallery.queueing.order import Order
from tests.gallery.files import upload
from tests.transfer.synthesis.heightmaps import file_of, hills

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_queue")]
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    cache.clear()


@pytest.fixture
def brought(client: Client) -> Picture:
    response = client.post("/make/map/", {"map": upload("hills.png", file_of(hills()))}, headers=JSON)
    picture = Picture.objects.get()
    assert response.status_code == 201
    assert response.json()["address"].startswith("/make/map/?")
    assert f"of={picture.pk}" in response.json()["address"]
    return picture


@pytest.fixture
def preview(client: Client, brought: Picture) -> Callable[..., numpy.ndarray]:
    def look(**fields: str) -> numpy.ndarray:
        response = client.get("/make/map.webp", {"of": str(brought.pk), **fields})
        assert response.status_code == 200, response.content
        with Image.open(io.BytesIO(response.content)) as image:
            assert max(image.size) == 256
            return numpy.asarray(image.convert("RGB")).astype(int)

    return look


def test_it_keeps_its_sixteen_bits(brought: Picture) -> None:
    assert brought.name == "hills.png"
    assert brought.elevation


def test_the_preview_is_of_that_map_and_follows_a_field(preview: Callable[..., numpy.ndarray]) -> None:
    dry, wet = preview(sea="0.05"), preview(sea="0.6")

    assert numpy.count_nonzero(numpy.abs(dry - wet).max(axis=2) > 20) > 0.2 * dry.shape[0] * dry.shape[1]


def test_the_page_asks_for_a_map_first(client: Client) -> None:
    page = client.get("/make/map/").content.decode()

    assert 'type="file" name="map"' in page
    assert 'class="result"' not in page
    assert '<option value="automatic" selected>automatic</option>' in page
    assert client.get("/make/map.webp").status_code == 422


def test_without_a_map_nothing_is_made(client: Client) -> None:
    response = client.post("/make/map/", {"sea": "0.3"}, headers=JSON)

    assert response.status_code == 422
    assert response.json()["errors"] == {"__all__": ["Choose your map first."]}


def test_what_is_no_map_is_refused_in_one_sentence(client: Client) -> None:
    response = client.post("/make/map/", {"map": upload("x.png", b"nothing")}, headers=JSON)

    assert response.status_code == 422
    assert response.json()["errors"] == {"__all__": ["x.png is a text file and not a picture: choose a JPEG or a PNG."]}


def test_what_is_used_is_a_render_that_remembers_the_map(client: Client, brought: Picture) -> None:
    fields = {"of": str(brought.pk), "sea": "0.3", "image_size": "256", "slot": "content"}
    response = client.post("/make/map/", fields, headers=JSON)

    row = Render.objects.get()
    assert (response.status_code, response.json()["id"]) == (202, str(row.pk))
    assert row.recipe.sea == 0.3
    assert Order.of(row).content == brought


def test_without_a_script_the_map_leads_to_its_panel_and_the_place_is_kept(client: Client) -> None:
    fields = {"map": upload("hills.png", file_of(hills())), "slot": "style", "back": "content=x"}
    response = client.post("/make/map/", fields)

    assert response.headers["Location"].endswith(f"of={Picture.objects.get().pk}&slot=style&back=content%3Dx")

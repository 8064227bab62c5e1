"""The rivers of a picture that was made are kept, and downloaded as GeoJSON and SVG in the pixels of a result."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable

import numpy
import pytest
from django.test import Client

from gallery.models import Picture, Render
from gallery.painting.claiming import work_on_next
from gallery.pictures import blobs
from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.made import River

SIZE = (32, 24)  # half of what finished renders have
RIVER = River(numpy.array([[4.0, 6], [8, 9], [16, 10]]), numpy.array([1.0, 1.5, 2]), 2)
WORLD = {"image_size": "160", "seed": "7"}
ENDINGS = ["geojson", "svg"]


@pytest.fixture
def rivers(db: None) -> str:
    """The stored rivers of a map of that size."""
    return blobs.store("maps", RiverMap((RIVER,), SIZE).geojson().encode(), ".geojson")


@pytest.fixture
def painted(make_finished: Callable[..., Render], make_picture: Callable[..., Picture], rivers: str) -> Render:
    """A finished render of a content with rivers."""
    content = make_picture(seed=1)
    Picture.objects.filter(pk=content.pk).update(rivers=rivers)
    return make_finished(content=content)


def test_a_worker_keeps_them(client: Client, db: None, clean_queue: None) -> None:
    assert client.post("/new/", {"kind": "world", **WORLD}).status_code == 302
    work_on_next()

    row = Render.objects.get()
    with row.rivers.open() as file:
        found = RiverMap.read(file.read())
    assert found.size == row.size
    assert found.rivers


def test_a_picture_that_is_made_at_once_keeps_the_same(client: Client, db: None, clean_queue: None) -> None:
    client.post("/new/", {"kind": "world", **WORLD})
    work_on_next()
    client.post("/make/world/", WORLD)

    assert Picture.objects.get().rivers_id == Render.objects.get().rivers_id


def test_they_have_the_pixels_of_the_result(client: Client, painted: Render) -> None:
    found = json.loads(client.get(f"/renders/{painted.id}/relief/rivers.geojson").content)
    drawing = ET.fromstring(client.get(f"/renders/{painted.id}/relief/rivers.svg").content)  # noqa: S314

    assert found["features"][0]["geometry"]["coordinates"] == [[8, 12], [16, 18], [32, 20]]
    assert drawing.attrib["viewBox"] == "0 0 64 48"


def test_they_are_in_the_zip_even_where_no_height_is_known(client: Client, painted: Render) -> None:
    content = client.get(f"/renders/{painted.id}/relief/maps.zip").getvalue()

    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["result.png", "rivers.geojson", "rivers.svg"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_page_offers_them(ending: str, client: Client, painted: Render) -> None:
    page = client.get(painted.get_absolute_url()).content.decode()

    assert f"/renders/{painted.id}/relief/rivers.{ending}" in page
    assert "Lightness as relief" in page
    assert "relief.glb" not in page


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_picture_without_any_has_none(ending: str, client: Client, make_finished: Callable[..., Render]) -> None:
    assert client.get(f"/renders/{make_finished().id}/relief/rivers.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_browser_that_has_them_already_gets_them_not_again(ending: str, client: Client, painted: Render) -> None:
    address = f"/renders/{painted.id}/relief/rivers.{ending}"
    tag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_is_gone_gives_no_fault(ending: str, client: Client, painted: Render, rivers: str) -> None:
    painted.output.storage.delete(rivers)

    assert client.get(f"/renders/{painted.id}/relief/rivers.{ending}").status_code == 404

"""A picture that is made out of numbers goes through the queue as any render, and keeps what is known of its places."""

from collections.abc import Callable
from typing import Any

import numpy
import pytest
from django.test import Client
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Render
from gallery.painting.claiming import work_on_next
from gallery.pictures import uploads


@pytest.fixture
def clouds(client: Client, db: None) -> Callable[..., Render]:
    def make(**fields: str) -> Render:
        response = client.post("/new/", {"kind": "clouds", "image_size": "96", **fields})
        assert response.status_code == 302, response.context["form"].errors
        work_on_next()
        return Render.objects.get()

    return make


def test_it_is_made_without_any_picture_and_shown(clouds: Callable[..., Render], client: Client) -> None:
    row = clouds(shape="2:1")

    assert (row.status, row.error, row.size) == ("completed", "", (96, 48))
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_its_height_has_sixteen_bits(clouds: Callable[..., Render]) -> None:
    row = clouds()

    with row.elevation.open() as file, Image.open(file) as image:
        assert image.size == row.size
        assert len(numpy.unique(numpy.asarray(image))) > 256


def test_its_height_goes_along_where_it_becomes_an_input(clouds: Callable[..., Render]) -> None:
    row = clouds(seed="5")
    picture = uploads.store(uploads.decode_output(row), Person(None, "v"))

    assert picture.elevation_id == row.elevation_id
    assert picture.made_by["seed"] == 5


def test_its_files_go_when_it_is_deleted(
    clouds: Callable[..., Render], client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    row = clouds()
    elevation = row.elevation

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{row.get_absolute_url()}delete/").status_code == 302

    assert not elevation.storage.exists(elevation.name)

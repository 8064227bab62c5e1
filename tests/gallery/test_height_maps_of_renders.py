"""A render that asks for a height map has one of its own, which its page shows in relief."""

from collections.abc import Callable

import numpy
import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.painting.claiming import work_on_next

QUICK = {"image_size": "64", "num_iterations": "2"}


@pytest.fixture
def painted(post_pair: Callable[..., HttpResponse], clean_queue: None) -> Callable[..., Render]:
    def paint(**fields: str) -> Render:
        response = post_pair(**QUICK, **fields)
        assert response.status_code == 302
        work_on_next()
        return Render.objects.get(pk=response.headers["Location"].split("/")[2])

    return paint


def test_it_has_the_pictures_size_and_more_levels_than_the_picture(painted: Callable[..., Render]) -> None:
    row = painted(height_map="on")

    assert row.status == "completed", row.error
    with row.elevation.open() as file, Image.open(file) as image:
        assert image.size == row.size
        assert len(numpy.unique(numpy.asarray(image))) > 2_000


def test_its_page_shows_it_in_relief(painted: Callable[..., Render], client: Client) -> None:
    row = painted(height_map="on")

    page = client.get(row.get_absolute_url()).content.decode()
    surface = client.get(f"/renders/{row.id}/relief/height.bin").content

    assert str(row.elevation.url) in page
    assert "Lightness as relief" not in page
    assert numpy.ptp(numpy.frombuffer(surface, "<u2", offset=8)) > 40_000


def test_others_have_none(painted: Callable[..., Render]) -> None:
    assert not painted().elevation

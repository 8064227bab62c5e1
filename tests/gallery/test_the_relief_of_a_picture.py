"""A picture with a height is shown in relief; one without is, by its lightness, when somebody asks for that."""

from collections.abc import Callable

import numpy
import pytest
from django.test import Client

from gallery.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client: Client) -> Picture:
    assert client.post("/make/heightmap/", {"image_size": "96"}).status_code == 302
    return Picture.objects.get()


@pytest.fixture
def plain(make_picture: Callable[..., Picture]) -> Picture:
    return make_picture(seed=1)


def test_its_own_height_is_draped(made: Picture, client: Client) -> None:
    page = client.get(f"/pictures/{made.pk}/relief/").content.decode()

    assert f'data-relief="/pictures/{made.pk}/relief/height.bin"' in page
    assert "lightness" not in page
    surface = numpy.frombuffer(client.get(f"/pictures/{made.pk}/relief/height.bin").content, "<u2")
    assert surface[4:].std() > 1000


def test_lightness_is_offered_and_not_taken_for_granted(plain: Picture, client: Client) -> None:
    page = client.get(f"/pictures/{plain.pk}/relief/").content.decode()

    assert '<a class="button" href="?from=lightness">Use lightness as height</a>' in page
    assert "data-relief" not in page
    assert client.get(f"/pictures/{plain.pk}/relief/height.bin").status_code == 404


def test_who_asks_for_it_gets_it_and_files_of_it(plain: Picture, client: Client) -> None:
    page = client.get(f"/pictures/{plain.pk}/relief/?from=lightness").content.decode()

    assert f'data-relief="/pictures/{plain.pk}/relief/height.bin?from=lightness"' in page
    for file in ("height.bin", "relief.glb", "height-513.raw"):
        assert client.get(f"/pictures/{plain.pk}/relief/{file}?from=lightness").status_code == 200


def test_my_pictures_lead_to_it(made: Picture, client: Client) -> None:
    assert f'href="/pictures/{made.pk}/relief/"' in client.get("/pictures/").content.decode()

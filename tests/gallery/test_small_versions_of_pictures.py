"""A browser chooses among small versions of a picture in two formats; none is larger than the picture."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.pictures import blobs, thumbnails
from gallery.templatetags.pictures import thumbnail, tiny
from tests.pictures import painting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("size", "widths"),
    [((2000, 1000), (128, 320, 640, 1280)), ((300, 400), (96, 240, 300)), ((64, 48), (64,)), ((20, 400), (6, 16, 20))],
)
def test_a_picture_has_versions_up_to_its_own_size(size: tuple[int, int], widths: tuple[int, ...]) -> None:
    made = thumbnails.make(painting((64, 64)).resize(size))

    assert made.widths == widths
    assert made.width in widths
    assert max(made.width, made.height) <= thumbnails.MAIN
    assert len(blobs.versions(made.name)) == 2 * len(widths) - 1
    for width in widths:
        for kind in ("avif", "webp"):
            name = made.name.removesuffix(".webp") + thumbnails.ending(width, made.width, kind)
            with blobs.default_storage.open(name) as file, Image.open(file) as image:
                assert (image.width, image.format) == (width, kind.upper())


def test_pages_offer_them_and_they_are_served(client: Client, make_finished: Callable[..., Render]) -> None:
    make_finished()

    page = client.get("/").content.decode()

    addresses = set(re.findall(r"/media/thumbnails/[^\s\"]+", page))
    assert any(address.endswith(".avif") for address in addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == f"image/{address.rsplit('.')[-1]}"


def test_a_row_from_before_has_its_one_file(make_finished: Callable[..., Render]) -> None:
    render = make_finished(thumbnail_widths="")

    assert "srcset" not in thumbnail(render)
    assert f'src="{render.thumbnail.url}"' in thumbnail(render)
    assert f'src="{render.thumbnail.url}"' in tiny(render)


def test_pictures_that_are_alike_only_when_small_share_no_version() -> None:
    flat = Image.new("RGB", (1300, 1300), "red")

    one, two = thumbnails.make(flat), thumbnails.make(flat.resize((900, 900)))

    assert one.name != two.name

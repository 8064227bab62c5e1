"""Remixing a render with masks brings its masks to the studio's regions painter."""

import io
import json
import re
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render
from tests.gallery.files import only_named
from tests.gallery.masks import mask_file


@pytest.fixture
def painted(post_pair: Callable[..., HttpResponse]) -> Render:
    """A render with regions by masks."""
    masks = {"content_mask": mask_file((96, 72), 1, 2), "style_mask_1": mask_file((80, 80), 2, 1)}
    return Render.objects.get(pk=post_pair(**masks).headers["Location"].split("/")[2])


def painted_before(page: HttpResponse) -> dict[str, dict[str, str]] | None:
    found = re.search(r'<script id="painted-before" type="application/json">(.*?)</script>', page.content.decode())
    assert found
    return dict(json.loads(found[1]) or {})


def test_the_studio_names_masks_and_the_pictures_that_they_are_of(client: Client, painted: Render) -> None:
    found = painted_before(client.get(f"/new/?from={painted.pk}"))

    masks = [mask.file.url for mask in painted.inputs.filter(role="mask")]
    assert found == {
        "content": {"picture": str(painted.pair.content_id), "address": masks[0]},
        "style": {"picture": str(painted.pair.style_id), "address": masks[1]},
    }
    for address in masks:
        response = client.get(address)
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_without_masks_it_names_none(client: Client, make_render: Callable[..., Render]) -> None:
    assert painted_before(client.get(f"/new/?from={make_render().pk}")) == {}
    assert painted_before(client.get("/new/")) == {}


def test_pictures_come_small_enough_to_be_painted_over(client: Client, make_picture: Callable[..., Picture]) -> None:
    picture = make_picture()
    large = default_storage.save("pictures/large.png", ContentFile(b""))
    only_named(large)
    with default_storage.open(large, "wb") as file:
        Image.new("RGB", (2000, 1500), "teal").save(file, "PNG")

    small = client.get(f"/new/regions/{picture.pk}.webp")
    Picture.objects.filter(pk=picture.pk).update(file=large)
    shrunk = client.get(f"/new/regions/{picture.pk}.webp")

    for response, size in ((small, (96, 80)), (shrunk, (1024, 768))):
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"] == "no-cache"
        assert Image.open(io.BytesIO(response.content)).size == size


def test_a_finished_render_is_painted_over_too(client: Client, make_finished: Callable[..., Render]) -> None:
    render = make_finished()

    response = client.get(f"/new/regions/{render.pk}.webp")

    assert Image.open(io.BytesIO(response.content)).size == (render.width, render.height)


def test_a_picture_that_is_gone_is_not_found(client: Client, make_picture: Callable[..., Picture]) -> None:
    picture = make_picture()
    default_storage.delete(str(picture.file))

    assert client.get(f"/new/regions/{picture.pk}.webp").status_code == 404
    picture.delete()
    assert client.get(f"/new/regions/{picture.pk}.webp").status_code == 404

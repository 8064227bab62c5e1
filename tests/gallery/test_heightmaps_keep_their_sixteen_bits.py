"""Who uploads a heightmap for a map of their own gets all its levels back, in the picture's elevation and the land."""

import io
import json
from collections.abc import Callable

import numpy
import pytest
from django.http import HttpResponse
from django.test import Client
from numpy.typing import NDArray
from PIL import Image

from gallery.models import Picture, Render
from gallery.painting.claiming import work_on_next
from tests.gallery.files import upload
from tests.pictures import as_bytes, photograph

Post = Callable[..., HttpResponse]


def hills(low: int = 0) -> NDArray[numpy.uint16]:
    """Two hills with more levels than 8 bits hold."""
    y, x = numpy.mgrid[0:72, 0:96]
    near = numpy.minimum((x - 30) ** 2 + (y - 30) ** 2, (x - 70) ** 2 + (y - 40) ** 2)
    return numpy.asarray(low + 60000 - near * 16, dtype=numpy.uint16)


def file_of(height: NDArray, file_format: str = "PNG") -> bytes:
    return as_bytes(Image.fromarray(height), file_format)


@pytest.fixture
def post(client: Client, db: None) -> Post:
    def send(name: str, content: bytes, kind: str = "map", **fields: str) -> HttpResponse:
        data = {"kind": kind, "image_size": "96", "content": upload(name, content), **fields}
        return client.post("/new/", data)

    return send


def elevation(of_it: Picture | Render) -> tuple[NDArray, float | None]:
    """The levels, and that of the sea."""
    with of_it.elevation.open() as file, Image.open(file) as image:
        image.load()
        return numpy.asarray(image), json.loads(image.info.get("height", "{}")).get("sea")


def test_the_form_takes_a_tiff(client: Client, db: None) -> None:
    assert "image/tiff" in client.get("/new/?kind=map").content.decode()
    assert "image/tiff" not in client.get("/new/").content.decode()


@pytest.mark.parametrize(("name", "file_format"), [("hills.png", "PNG"), ("hills.tif", "TIFF")])
def test_every_level_is_kept_beside_an_ordinary_picture(name: str, file_format: str, post: Post) -> None:
    assert post(name, file_of(hills(), file_format)).status_code == 302

    picture = Picture.objects.get()
    assert numpy.array_equal(elevation(picture)[0], hills())
    with picture.file.open() as file, Image.open(file) as image:
        assert (image.mode, image.size) == ("RGB", (96, 72))


def test_metres_of_a_float_tiff_are_kept(post: Post) -> None:
    metres = hills().astype(numpy.float32) / 30 - 900
    assert post("dem.tiff", file_of(metres, "TIFF")).status_code == 302

    levels, sea = elevation(Picture.objects.get())
    assert len(numpy.unique(levels)) > 500
    assert sea is not None
    assert numpy.array_equal(levels > sea, metres > 0)


def test_the_worker_makes_the_land_of_all_the_levels(post: Post) -> None:
    assert post("hills.png", file_of(hills(5000)), sea="0.5", rivers="0", cities="0").status_code == 302
    work_on_next()

    row = Render.objects.get()
    assert (row.status, row.error, row.size) == ("completed", "", (96, 72))
    levels, sea = elevation(row)
    middle = (int(hills(5000).min()) + int(hills(5000).max())) / 2
    assert ((levels > (sea or 0)) == (hills(5000) > middle)).mean() > 0.97
    assert len(numpy.unique(levels)) > 500
    assert row.labels


def test_the_sea_that_was_made_is_said_beside_the_height(post: Post) -> None:
    post("hills.png", file_of(hills()), sea="0.5")
    work_on_next()

    assert (elevation(Render.objects.get())[1] or 0) > 1000


def test_a_coloured_map_is_painted_without_heights_of_its_own(post: Post) -> None:
    assert post("map.jpg", as_bytes(photograph((96, 72)), "JPEG")).status_code == 302
    assert not Picture.objects.get().elevation
    work_on_next()

    row = Render.objects.get()
    assert (row.status, row.error) == ("completed", "")


def test_two_heightmaps_that_look_the_same_are_two_pictures(post: Post) -> None:
    other = hills()
    other[5, 5] += 1
    post("one.png", file_of(hills()))
    post("two.png", file_of(other))

    assert {len(set(values)) for values in zip(*Picture.objects.values_list("sha256", "elevation"), strict=True)} == {
        1,
        2,
    }


def test_the_same_heightmap_is_stored_once(post: Post) -> None:
    post("one.png", file_of(hills()))
    post("two.png", file_of(hills()))

    assert Picture.objects.count() == 1


def test_elsewhere_it_is_a_picture_like_any_other(post_pair: Post) -> None:
    assert post_pair(content=upload("hills.png", file_of(hills()))).status_code == 302

    assert not Picture.objects.filter(elevation__isnull=False).exists()


def pages() -> bytes:
    file = io.BytesIO()
    first = Image.fromarray(hills())
    first.save(file, "TIFF", save_all=True, append_images=[first])
    return file.getvalue()


def test_a_coloured_tiff_is_a_map_without_heights(post: Post) -> None:
    assert post("a.tif", as_bytes(photograph((96, 72)), "TIFF")).status_code == 302

    assert not Picture.objects.get().elevation


def test_the_ending_of_a_name_does_not_matter(post: Post) -> None:
    for name, file_format in (("a.png", "TIFF"), ("a.tif", "PNG")):
        assert post(name, file_of(hills(), file_format)).status_code == 302

    assert numpy.array_equal(elevation(Picture.objects.get())[0], hills())


REFUSED = {
    "several pages": ("a.tif", pages, "a.tif is a TIFF with several pages: save one of them."),
    "cut": ("a.tif", lambda: file_of(hills(), "TIFF")[:9000], "damaged or cut short"),
    "flat": ("a.png", lambda: file_of(numpy.full((72, 96), 7, numpy.uint16)), "This heightmap is flat"),
    "no number": ("a.tif", lambda: file_of(numpy.full((72, 96), numpy.nan, numpy.float32), "TIFF"), "has no heights"),
    "small": ("a.tif", lambda: file_of(hills()[:40], "TIFF"), "each side must have at least 64"),
    "no picture": ("a.tif", lambda: b"hills", "a.tif is a text file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_told_in_one_sentence(
    case: str, post: Post, nothing_was_made: Callable[[], bool]
) -> None:
    name, make, says = REFUSED[case]
    response = post(name, make())

    assert response.status_code in (200, 422)
    errors = response.context["form"].errors["content"]
    assert len(errors) == 1
    assert says in errors[0]
    assert nothing_was_made()


def test_a_map_that_is_all_sea_fails_with_one_sentence(post: Post) -> None:
    post("hills.png", file_of(hills()), sea="1")
    work_on_next()

    row = Render.objects.get()
    assert (row.status, row.error) == ("failed", "This heightmap is all sea: choose a lower sea level.")

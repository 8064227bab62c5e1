"""Painted regions have names: they are kept with the masks, and what has no counterpart is matched by them."""

import base64
import io
import json
from collections.abc import Callable

import numpy
import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render
from gallery.pictures import blobs
from tests.gallery.masks import mask_file
from transfer.labels import Label, LabelMap
from transfer.style.regions import UNGUIDED, UNUSED

CONTENT, STYLE = (96, 72), (80, 80)
Post = Callable[..., HttpResponse]


def made(response: HttpResponse) -> tuple[Render, list[LabelMap | None]]:
    """The render, and the masks that it keeps with the names of their regions."""
    assert response.status_code == 302, response.context["form"].errors
    render = Render.objects.get(pk=response.headers["Location"].split("/")[2])
    masks = [Image.open(mask.file.open()) for mask in render.inputs.filter(role="mask")]
    return render, list(map(LabelMap.in_picture, masks))


def named(*content: int, style: tuple[int, ...], **names: str) -> dict[str, object]:
    written = json.dumps({name.removeprefix("r"): called for name, called in names.items()})
    masks = {"content_mask": mask_file(CONTENT, *content), "style_mask_1": mask_file(STYLE, *style)}
    return {**masks, "region_names": written}


def test_names_are_kept_in_the_masks(post_pair: Post) -> None:
    _, (content, style) = made(post_pair(**named(0, 1, 2, style=(2, 1, 0), r1="sea", r2="Sky ")))

    assert content
    assert content.names == {0: "not painted", 1: "sea", 2: "sky"}
    assert style
    assert style.names == content.names


def test_masks_without_names_stay_as_they_were(post_pair: Post) -> None:
    masks = {"content_mask": mask_file(CONTENT, 1, 2), "style_mask_1": mask_file(STYLE, 1, 2)}

    assert made(post_pair(**masks))[1] == [None, None]


def test_a_named_region_without_a_counterpart_takes_the_nearest(post_pair: Post) -> None:
    _, (content, style) = made(post_pair(**named(1, 2, style=(1, 3), r1="water", r2="ice", r3="mountain")))

    assert content
    assert style
    assert content.names == {0: "water", 1: "mountain"}
    assert style.names == {**content.names, UNUSED: "unused"}
    assert (content.values[:, 0] == 0).all()
    assert (content.values[:, -1] == 1).all()


def test_one_that_is_like_nothing_is_painted_unguided(post_pair: Post) -> None:
    _, (content, _) = made(post_pair(**named(1, 2, style=(1,), r1="water", r2="castle")))

    assert content
    assert content.names == {0: "water", UNGUIDED: "castle"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (named(1, 2, style=(1,), r1="water"), "No style has a region for label 2"),
        (named(1, style=(2,), r1="castle", r2="moat"), "No region of the content has a counterpart"),
        ({**named(1, style=(1,)), "region_names": '{"1": 5}'}, "names have 1 to 40 letters"),
        ({**named(1, style=(1,)), "region_names": "sea"}, "should be JSON"),
    ],
)
def test_what_cannot_be_is_said(fields: dict, sentence: str, post_pair: Post) -> None:
    response = post_pair(**fields)

    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors["masks"])


def test_the_studio_finds_them_again(client: Client, post_pair: Post) -> None:
    render, _ = made(post_pair(**named(1, 2, style=(2, 1), r1="sea", r2="sky")))

    found = client.get(f"/new/?from={render.pk}").context["form"].initial["masks"]

    assert [each["names"] for each in found.values()] == [{1: "sea", 2: "sky"}] * 2


def test_the_painter_loads_what_a_picture_knows_of_its_places(
    client: Client, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture()
    assert client.get(f"/new/regions/{picture.pk}/places.json").json() == {}
    values = numpy.full((1500, 2000), Label.WATER, numpy.uint8)
    values[:, 500:] = Label.CITY
    Picture.objects.filter(pk=picture.pk).update(labels=blobs.store("maps", LabelMap.of(values).png(), ".png"))

    found = client.get(f"/new/regions/{picture.pk}/places.json").json()

    assert found["names"] == {"1": "water", "7": "city"}
    content = base64.b64decode(found["mask"].removeprefix("data:image/png;base64,"))
    with Image.open(io.BytesIO(content)) as mask:
        assert (mask.mode, mask.size) == ("L", (1024, 768))
        assert [mask.getpixel((10, 10)), mask.getpixel((1000, 10))] == [Label.WATER, Label.CITY]


def test_places_of_what_is_not_there_are_not_found(client: Client, db: None) -> None:
    assert client.get("/new/regions/00000000-0000-0000-0000-000000000000/places.json").status_code == 404

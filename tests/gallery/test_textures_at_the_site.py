"""Textures in the studio and on their pages: the form, the plan, tiles laid side by side, and maps for games."""

import io
from collections.abc import Callable
from typing import Any

import numpy
import pytest
from django.test import Client
from PIL import Image

from gallery.models import Render
from gallery.painting.claiming import work_on_next
from gallery.pictures import blobs
from tests.gallery.files import upload
from tests.pictures import as_bytes
from tests.transfer.conftest import strokes
from transfer.texture.recipe import TextureRecipe

QUICK = {"kind": "texture", "image_size": "64", "num_iterations": "2"}
Make = Callable[..., Render]


def ramp() -> str:
    """A stored picture that is dark on the left and light on the right."""
    file = io.BytesIO()
    Image.linear_gradient("L").rotate(90).resize((64, 48)).convert("RGB").save(file, "PNG")
    return blobs.store("renders", file.getvalue(), ".png")


@pytest.fixture
def make_texture(make_finished: Make) -> Make:
    """Makes a finished texture with this recipe."""

    def make(**fields: object) -> Render:
        recipe = TextureRecipe.model_validate({"image_size": 64, **fields})
        return make_finished(output=ramp(), recipe_json=recipe.model_dump(mode="json"))

    return make


def pixels(content: bytes) -> numpy.ndarray:
    with Image.open(io.BytesIO(content)) as image:
        return numpy.asarray(image)


def test_the_form_has_its_fields_and_takes_styles_alone(client: Client, db: None) -> None:
    page = client.get("/new/?kind=texture").content.decode()

    for name in ("style", "shape", "wrap", "style_scale", "seed", "image_size", "tv_weight"):
        assert f'name="{name}"' in page
    assert 'name="content"' not in page
    assert "across and down" in page


def test_the_plan_says_its_size_and_its_time(client: Client, db: None) -> None:
    fields = {"kind": "texture", "style_size": "900x700", "image_size": "510", "shape": "2:1", "wrap": "both"}

    assert "512 × 256 px" in client.post("/new/plan/", fields).content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"style"}),
        ({"wrap": "round"}, {"style", "wrap"}),
        ({"shape": "1:4", "wrap": "both"}, {"style", "wrap"}),
        ({"tv_weight": "-1"}, {"style", "tv_weight"}),
    ],
)
def test_what_is_wrong_stands_beside_its_fields(client: Client, db: None, fields: dict, wrong: set) -> None:
    answer = client.post("/new/", {**QUICK, **fields})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == wrong


def test_a_content_is_refused(client: Client, db: None) -> None:
    pictures = {name: upload(f"{name}.png", as_bytes(strokes(80, 80))) for name in ("content", "style")}
    answer = client.post("/new/", {**QUICK, **pictures})

    assert answer.status_code == 422
    assert not Render.objects.exists()


def test_it_is_painted_and_its_page_lays_it_beside_itself(client: Client, clean_queue: Any, db: None) -> None:
    style = upload("strokes.png", as_bytes(strokes(80, 80)))
    address = client.post("/new/", {**QUICK, "wrap": "both", "style": style}).headers["Location"]
    work_on_next()

    row = Render.objects.get(pk=address.split("/")[2])
    assert (row.status, row.error, row.size) == ("completed", "", (64, 64))
    page = client.get(address).content.decode()
    assert 'data-tiled="3 3"' in page
    assert "relief/normals.png?from=lightness" in page


@pytest.mark.parametrize(("wrap", "tiled"), [("x", "3 1"), ("y", "1 3")])
def test_it_is_laid_beside_itself_where_it_wraps_alone(
    client: Client, make_texture: Make, wrap: str, tiled: str
) -> None:
    assert f'data-tiled="{tiled}"' in client.get(make_texture(wrap=wrap).get_absolute_url()).content.decode()


def test_what_does_not_wrap_is_not(client: Client, make_texture: Make, make_finished: Make) -> None:
    for render in (make_texture(), make_finished(seed=2)):
        assert "data-tiled" not in client.get(render.get_absolute_url()).content.decode()


def test_its_height_and_its_normals_are_those_of_its_lightness(client: Client, make_texture: Make) -> None:
    render = make_texture()
    height, normals = (
        pixels(client.get(f"/renders/{render.id}/relief/{name}.png?from=lightness").content)
        for name in ("height", "normals")
    )

    assert height.dtype.itemsize >= 2
    assert height.shape == normals.shape[:2] == (48, 64)
    assert height[:, -1].mean() - height[:, 0].mean() > 40_000
    assert normals[:, 8:-8, 0].mean() < 127 < normals[..., 2].mean()


def test_where_it_wraps_its_normals_know_what_lies_beyond_the_border(client: Client, make_texture: Make) -> None:
    flat, around = (
        pixels(client.get(f"/renders/{render.id}/relief/normals.png?from=lightness").content).astype(int)
        for render in (make_texture(), make_texture(wrap="x"))
    )

    assert around[:, 0, 0].mean() > 150 > flat[:, 0, 0].mean()


def test_normals_are_as_steep_as_one_asks_within_reason(client: Client, make_texture: Make) -> None:
    address = f"/renders/{make_texture().id}/relief/normals.png?from=lightness&exaggeration="
    once, thrice = (pixels(client.get(address + times).content)[:, 8:-8, 0].mean() for times in ("1", "3"))

    assert thrice < once
    assert client.get(address + "11").status_code == 400


def test_any_picture_can_be_made_a_texture_of(client: Client, make_finished: Make) -> None:
    render = make_finished()

    assert "Make a texture of it" in client.get(render.get_absolute_url()).content.decode()

"""Downloads are called after the render's title, or its pictures, and after its size, in every script."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client

from gallery.models import Picture, Render
from gallery.pictures import blobs
from gallery.pictures.results import filenames
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]
FILES = {
    "output.png": ".png",
    "output.webp": ".webp",
    "output.avif": ".avif",
    "before-after.webp": "-before-after.webp",
    "before-after.png": "-before-after.png",
    "before-after.mp4": "-before-after.mp4",
    "timelapse.mp4": "-timelapse.mp4",
    "timelapse.webp": "-timelapse.webp",
    "recipe.json": "-recipe.json",
    "relief/relief.glb": ".glb",
    "relief/maps.zip": "-maps.zip",
    "relief/height-513.raw": "-height-513.raw",
}


@pytest.fixture
def with_everything(make_finished: Make, make_picture: Callable[..., Picture]) -> Render:
    """A finished render with two rungs, and the height of a picture that was made."""
    content = make_picture(seed=1, name="content_tubingen.png")
    render = make_finished(content=content, style=make_picture(seed=2, name="style_starry_night.png"))
    for place in range(2):
        name = blobs.store("frames", as_bytes(painting((64, 48), seed=place), "WEBP"), ".webp")
        render.frames.create(place=place, file=name, width=64, height=48)
    height = blobs.store("maps", as_bytes(painting((64, 48)).convert("I;16")), ".png")
    Render.objects.filter(pk=render.pk).update(elevation=height)
    return render


def name_of(client: Client, render: Render, what: str) -> str:
    """The name under which a browser would save it."""
    response = client.get(f"/renders/{render.id}/{what}")
    assert response.status_code == 200
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("inline; ")
    return unquote(disposition.partition("filename")[2].removeprefix("*=utf-8''").strip('="'))


@pytest.mark.parametrize("what", FILES)
def test_a_file_is_called_after_the_pictures_and_the_size(what: str, client: Client, with_everything: Render) -> None:
    assert name_of(client, with_everything, what) == f"tubingen-starry-night-64px{FILES[what]}"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Great Wave, again!", "the-great-wave-again"),
        ("Über den Wolken", "über-den-wolken"),
        ("हिन्दी में", "हिन्दी-में"),
        ("../../etc/passwd", "etc-passwd"),
        ("Hokusai's wave", "hokusais-wave"),
        ("‮gnp.exe", "gnp-exe"),
        ("❤️", "tubingen-starry-night"),
        ("x" * 120, "x" * 50),
    ],
)
def test_a_title_goes_before_the_pictures(title: str, expected: str, client: Client, with_everything: Render) -> None:
    Render.objects.update(title=title)

    assert name_of(client, with_everything, "output.png") == f"{expected}-64px.png"


def test_the_page_offers_the_same_names(client: Client, with_everything: Render) -> None:
    page = client.get(f"/renders/{with_everything.id}/").content.decode()

    for ending in (*FILES.values(), "-height.png"):
        assert f'download="tubingen-starry-night-64px{ending}"' in page, ending


def test_a_picture_of_mine_has_a_name_too(make_picture: Callable[..., Picture]) -> None:
    assert filenames.stem(make_picture(name="IMG_2034.PNG")) == "img-2034-96px"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("content_tubingen.jpg", "Tubingen"),
        ("style_starry_night.jpg", "Starry night"),
        ("starry-night.webp", "Starry night"),
        ("2024-05-03 at noon.heic", "2024-05-03 at noon"),
        ("style.png", "Style"),
        (".png", ".png"),
    ],
)
def test_pictures_are_called_as_people_would(name: str, said: str) -> None:
    assert Picture(name=name).title == said

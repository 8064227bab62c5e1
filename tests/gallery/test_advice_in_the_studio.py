"""Before somebody submits a render, the studio says what to expect of its pictures."""

import base64
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Picture
from gallery.pictures import uploads
from gallery.pictures.uploads import Decoded
from tests.gallery.files import only_named
from tests.pictures import painting, photograph
from transfer.style.advice import GRID

Tell = Callable[..., list[str]]


@pytest.fixture
def told(client: Client, db: None) -> Tell:
    """The advice for these fields."""

    def tell(**fields: object) -> list[str]:
        return client.post("/new/plan/", {"image_size": "128", **fields}).context.get("advice") or []

    return tell


def stored(image: Image.Image) -> str:
    picture: Picture = uploads.store(Decoded(image, "x.png"), Person(None, "v"))
    return str(picture.id)


def as_a_browser_sees(image: Image.Image) -> str:
    small = image.resize((GRID, GRID), Image.Resampling.NEAREST)
    return base64.b64encode(small.tobytes()).decode()


def test_nothing_is_said_of_pictures_that_do_well(told: Tell) -> None:
    assert told(content_id=stored(photograph((300, 200))), style_id=stored(painting((160, 160)))) == []


def test_stored_pictures_are_judged_by_their_colours(told: Tell) -> None:
    flat = stored(Image.new("RGB", (300, 300), "teal"))

    said = told(content_id=stored(photograph((300, 200))), style_id=flat)

    assert said == ["The style has almost no colour variation: expect a flat result."]


def test_files_in_the_browser_are_judged_by_the_colours_that_it_tells(told: Tell) -> None:
    flat = Image.new("RGB", (300, 300), "teal")
    fields = {"content_id": stored(photograph((300, 200))), "style_size": "160x160"}

    assert told(**fields, style_colours=as_a_browser_sees(flat)) == [
        "The style has almost no colour variation: expect a flat result."
    ]
    assert told(**fields, style_colours=as_a_browser_sees(painting((160, 160)))) == []


def test_the_same_picture_twice_is_noticed_stored_or_not(told: Tell) -> None:
    image = painting((160, 160))
    seen = {"size": "160x160", "colours": as_a_browser_sees(image)}

    named = told(content_id=stored(image), style_id=stored(image))
    sent = told(**{f"{role}_{what}": value for role in ("content", "style") for what, value in seen.items()})

    assert named == sent
    assert "The style is the same picture as the content" in named[0]


def test_a_further_style_is_named_by_its_number(told: Tell) -> None:
    fields = {"content_size": "300x200", "style_size": "300x300", "style_2_size": "100x100"}

    (said,) = told(**fields)

    assert said.startswith("Style 2 is 100 × 100 px, smaller than the 128 px asked for")


@pytest.mark.parametrize("colours", ["", "AAAA", "no base64!", "A" * 4000, "\0", "ééé"])
def test_colours_that_are_none_are_left_out(colours: str, told: Tell) -> None:
    assert told(content_size="300x200", style_size="300x300", style_colours=colours, content_colours=colours) == []


def test_a_thumbnail_that_is_gone_spoils_nothing(told: Tell) -> None:
    content, style = stored(photograph((300, 200))), stored(Image.new("RGB", (300, 300), "navy"))
    only_named("thumbnails/00/gone.webp")
    Picture.objects.filter(pk=style).update(thumbnail="thumbnails/00/gone.webp")

    assert told(content_id=content, style_id=style) == []

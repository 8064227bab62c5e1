"""The studio's regions painter asks for regions matched by colour: small pictures in, label maps or a sentence out."""

import base64
import io
from collections.abc import Callable

import numpy
import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from tests.gallery.files import png_that_claims, upload
from tests.pictures import as_bytes, painting, photograph

Ask = Callable[..., HttpResponse]


def halves(first: str, second: str, size: tuple[int, int] = (80, 60)) -> Image.Image:
    picture = Image.new("RGB", size, first)
    picture.paste(second, (size[0] // 2, 0, *size))
    return picture


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """Posts pictures to /new/regions/, the content first."""

    def post(*pictures: Image.Image | bytes, count: object = 2) -> HttpResponse:
        files = [upload("p.png", each if isinstance(each, bytes) else as_bytes(each)) for each in pictures]
        return client.post("/new/regions/", {"content": files[:1], "style": files[1:], "count": str(count)})

    return post


def read(response: HttpResponse) -> list[numpy.ndarray]:
    assert response.status_code == 200, response.content
    data = [address.removeprefix("data:image/png;base64,") for address in response.json()["masks"]]
    return [numpy.asarray(Image.open(io.BytesIO(base64.b64decode(each)))) for each in data]


def test_blue_goes_with_blue_and_no_label_is_that_of_what_is_unpainted(ask: Ask) -> None:
    content, one, two = read(
        ask(halves("blue", "gold"), halves("orange", "navy", (60, 80)), halves("royalblue", "yellow"))
    )

    assert content.shape == (60, 80)
    assert one.shape == (80, 60)
    assert set(numpy.unique(content)) == {1, 2}
    assert content[30, 10] == one[40, 50] == two[30, 10]
    assert content[30, 70] == one[40, 10] == two[30, 70]


def test_as_many_regions_as_asked_for_at_most(ask: Ask) -> None:
    content, style = read(ask(photograph(), painting(), count=7))

    assert set(numpy.unique(content)) == set(numpy.unique(style))
    assert content.min() == 1
    assert 2 <= content.max() <= 7


@pytest.mark.parametrize("count", ["1", "8", "-3", "many", "", "3" * 5000])
def test_a_count_that_cannot_be(ask: Ask, count: str) -> None:
    response = ask(painting(), painting(), count=count)

    assert (response.status_code, response.json()) == (422, {"error": "There can be 2 to 7 regions."})


@pytest.mark.parametrize(
    ("pictures", "sentence"),
    [
        ((), "Give a content and 1 to 16 styles."),
        ((painting(),), "Give a content and 1 to 16 styles."),
        ((painting(),) * 18, "Give a content and 1 to 16 styles."),
        ((painting(), b"GIF89a"), "A picture is a GIF: save it as a PNG or a JPEG."),
        ((painting((513, 20)), painting()), "A picture has 513 × 20 pixels: 512 a side are the most."),
        (
            (painting(), png_that_claims(50000, 50000)),
            "A picture has 50000 × 50000 pixels: 512 a side are the most.",
        ),
    ],
    ids=["none", "no style", "too many", "no picture", "too large", "a bomb"],
)  # fmt: skip
def test_pictures_that_cannot_be_used(ask: Ask, pictures: tuple, sentence: str) -> None:
    response = ask(*pictures)

    assert (response.status_code, response.json()) == (422, {"error": sentence})


def test_it_is_asked_by_post_with_a_token(db: None) -> None:
    assert Client().get("/new/regions/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/new/regions/").status_code == 403

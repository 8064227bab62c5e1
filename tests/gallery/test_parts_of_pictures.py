"""Who crops or turns a picture in the studio paints from that part, a picture of its own that knows its origin."""

import io
from collections.abc import Callable

import numpy
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render
from gallery.painting.claiming import work_on_next
from gallery.pictures import blobs, making
from tests.gallery.made import StripesRecipe, add_stripes
from tests.pictures import as_bytes, painting
from transfer.labels import LabelMap
from transfer.metadata import decode

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
Post = Callable[..., HttpResponse]
CROP = "0.25,0,0.75,1;90"


def opened(picture: Picture) -> Image.Image:
    with picture.file.open("rb") as file, Image.open(file) as image:
        return image.convert("RGB")


def content() -> Picture:
    return Render.objects.latest("created").inputs.get(role="content").picture


def test_an_upload_is_painted_from_cropped_and_turned(post_pair: Post) -> None:
    whole = painting((200, 100))
    upload = SimpleUploadedFile("sea.png", as_bytes(whole))

    assert post_pair(content=upload, content_crop=CROP).status_code == 302

    part = content()
    assert (part.width, part.height, part.name, part.crop) == (100, 100, "sea.png", CROP)
    expected = whole.crop((50, 0, 150, 100)).transpose(Image.Transpose.ROTATE_270)
    assert opened(part).tobytes() == expected.tobytes()
    assert Picture.objects.get(sha256=part.origin_sha256).crop == ""  # the whole, to be shown when it is used again


def test_a_part_of_a_stored_picture_names_it_and_is_made_once(
    alice: User, alices_browser: Client, post_pair: Post, make_picture: Callable[..., Picture]
) -> None:
    whole = make_picture(alice, seed=4)
    fields = {"content": None, "content_id": str(whole.pk), "content_crop": "0,0,0.8,1"}

    for _ in range(2):
        assert post_pair(alices_browser, **fields).status_code == 302

    part = content()
    assert (part.origin_sha256, part.crop, part.made_by) == (whole.sha256, "0,0,0.8,1;0", None)
    assert Picture.objects.filter(origin_sha256=whole.sha256).count() == 1


def test_the_whole_picture_is_not_a_part(post_pair: Post, make_picture: Callable[..., Picture]) -> None:
    whole = make_picture(seed=4)

    post_pair(content=None, content_id=str(whole.pk), content_crop="0,0,1,1;0")

    assert content() == whole


def test_a_finished_render_can_be_cropped_too(post_pair: Post, make_finished: Callable[..., Render]) -> None:
    wide = make_finished(
        seed=3, output=blobs.store("renders", as_bytes(painting((96, 72))), ".png"), width=96, height=72
    )

    assert post_pair(content=None, content_id=str(wide.pk), content_crop="0,0,1,1;90").status_code == 302
    assert (content().width, content().height) == (72, 96)


@pytest.mark.parametrize(
    ("crop", "sentence"),
    [
        ("0,0,0.1,0.1", "The crop has 10 × 7 pixels, and each side needs 64: choose a larger part."),
        ("0.9,0,0.1,1", "This crop leaves nothing: left must be less than right, and top less than bottom."),
        ("all of it", "A crop is written as left,top,right,bottom from 0 to 1"),
    ],
)
def test_a_crop_that_cannot_be_used_is_told_of_at_its_place(
    crop: str, sentence: str, post_pair: Post, nothing_was_made: Callable[[], bool]
) -> None:
    response = post_pair(content_crop=crop)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page.split('data-role="content"')[1].split('data-role="style"')[0]
    assert nothing_was_made()


def test_plain_fields_do_without_a_script(post_pair: Post) -> None:
    upload = SimpleUploadedFile("sea.png", as_bytes(painting((200, 100))))
    plain = {"left": "25", "top": "0", "right": "75", "bottom": "", "turn": "1"}
    fields = {f"content_crop_{name}": value for name, value in plain.items()}

    assert post_pair(content=upload, content_crop="", **fields).status_code == 302
    assert content().crop == CROP


def test_labels_and_heights_are_cropped_with_their_picture(
    monkeypatch: pytest.MonkeyPatch, alice: User, alices_browser: Client, post_pair: Post
) -> None:
    add_stripes(monkeypatch)
    whole = making.keep(StripesRecipe(image_size=256), Person(alice))
    assert whole.labels_id
    assert whole.elevation_id

    fields = {"content": None, "content_id": str(whole.pk), "content_crop": "0.5,0,1,1;90"}
    assert post_pair(alices_browser, **fields).status_code == 302

    part = content()
    with part.labels.open() as file:
        labels = LabelMap.read(file.read())
    with part.elevation.open() as file, Image.open(io.BytesIO(file.read())) as image:
        height = numpy.asarray(image)
    assert labels.shares() == {"water": 1.0}
    assert labels.values.shape == height.shape == (part.height, part.width) == (128, whole.height)
    assert not height.any()


def test_the_result_says_what_it_was_painted_from(
    client: Client, post_pair: Post, make_picture: Callable[..., Picture]
) -> None:
    whole = make_picture(seed=4)
    post_pair(content=None, content_id=str(whole.pk), content_crop="0,0,0.8,1;90")

    work_on_next()

    render = Render.objects.get()
    with render.output.open("rb") as file, Image.open(file) as image:
        made = decode(image)
    assert made is not None
    assert (made.inputs[0].origin_sha256, made.inputs[0].crop) == (whole.sha256, "0,0,0.8,1;90")
    assert "Cropped to 80% × 100%, turned right" in client.get(render.get_absolute_url()).content.decode()


def test_a_recipe_of_a_part_is_filled_in_from_the_whole(
    client: Client, post_pair: Post, make_picture: Callable[..., Picture]
) -> None:
    whole = make_picture(seed=4)
    post_pair(content=None, content_id=str(whole.pk), content_crop="0,0,0.8,1;90")
    work_on_next()
    with Render.objects.get().output.open("rb") as file:
        finished = SimpleUploadedFile("finished.png", file.read())
    sha256 = content().sha256

    def recalled() -> tuple[str, str]:
        finished.seek(0)
        form = client.post("/new/recall/", {"finished": finished}).context["form"]
        return str(form["content_id"].value()), form["content_crop"].value()

    assert recalled() == (str(whole.pk), "0,0,0.8,1;90")
    Render.objects.all().delete()
    Pair.objects.all().delete()
    Picture.objects.filter(sha256=sha256).delete()
    assert recalled() == (str(whole.pk), "0,0,0.8,1;90")


def test_links_of_the_studio_keep_a_crop(client: Client, make_picture: Callable[..., Picture]) -> None:
    whole = make_picture(seed=4)

    page = client.get("/new/", {"content": whole.pk, "content_crop": CROP}).content.decode()

    assert f'value="{CROP}"' in page
    assert "style_crop=0.25%2C0%2C0.75%2C1%3B90" in page  # swapped
    choosing = client.get("/new/choose/", {"content": whole.pk, "content_crop": CROP, "for": "style"})
    assert "content_crop=0.25" in choosing.content.decode()

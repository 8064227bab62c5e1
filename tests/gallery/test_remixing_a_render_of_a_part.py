"""A remix of a render of a part has the whole picture with its crop, and paints from the same part."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture, Render
from tests.gallery.masks import mask_file
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
Post = Callable[..., HttpResponse]
CROP = "0.25,0,0.75,1;90"


@pytest.fixture
def cropped(alice: User, alices_browser: Client, post_pair: Post) -> Render:
    """A render of alice's of a part of a picture that she uploaded."""
    whole = SimpleUploadedFile("sea.png", as_bytes(painting((200, 100))))
    assert post_pair(alices_browser, content=whole, content_crop=CROP).status_code == 302
    return Render.objects.get()


def remix(browser: Client, source: Render, **changes: object) -> tuple[dict, HttpResponse]:
    """What the studio is filled in with, and the answer to sending that as a browser without scripts does."""
    form = browser.get("/new/", {"from": source.pk}).context["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return values, browser.post("/new/", {**values, **changes})


def content_of(render: Render) -> Picture | None:
    return render.inputs.get(role="content").picture


@pytest.mark.parametrize("who", ["alices_browser", "bobs_browser"])
def test_the_whole_picture_is_there_and_the_part_is_used_again(
    who: str, cropped: Render, request: pytest.FixtureRequest
) -> None:
    pictures = Picture.objects.count()
    values, answer = remix(request.getfixturevalue(who), cropped, seed=5)

    whole = Picture.objects.get(pk=values["content_id"])
    assert (whole.width, whole.height, whole.crop, values["content_crop"]) == (200, 100, "", CROP)
    assert answer.status_code == 302
    assert content_of(Render.objects.latest("created")) == content_of(cropped)
    assert Picture.objects.count() == pictures


def test_a_part_whose_whole_is_gone_is_there_itself(cropped: Render, alices_browser: Client) -> None:
    part = content_of(cropped)
    assert part is not None
    Picture.objects.filter(sha256=part.origin_sha256).delete()

    values, answer = remix(alices_browser, cropped, seed=5)

    assert (values["content_id"], values.get("content_crop", "")) == (str(part.pk), "")
    assert answer.status_code == 302


def test_its_painted_regions_go_along(cropped: Render, alices_browser: Client, post_pair: Post) -> None:
    part, style = content_of(cropped), cropped.inputs.get(role="style").picture
    assert part is not None
    assert style is not None
    masks = {
        name: mask_file((picture.width, picture.height), 1, 2)
        for name, picture in (("content_mask", part), ("style_mask_1", style))
    }
    assert post_pair(alices_browser, content=None, content_id=part.pk, **masks).status_code == 302
    painted = Render.objects.latest("created")

    values, answer = remix(alices_browser, painted, seed=5)

    whole = Picture.objects.get(pk=values["content_id"])
    form = alices_browser.get("/new/", {"from": painted.pk}).context["form"]
    assert form.initial["masks"]["content"]["picture"] == f"{whole.pk} {CROP}"
    assert answer.status_code == 302
    assert Render.objects.latest("created").inputs.filter(role="mask").count() == 2

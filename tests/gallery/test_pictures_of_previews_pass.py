"""A picture that only previews in the studio use is on no list, and goes; what somebody uses for more stays."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gallery.models import Picture, Render
from gallery.pictures import passing
from gallery.queueing import reconcile
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
HOUSE, STROKES = as_bytes(photograph((96, 80)), "JPEG"), as_bytes(painting((80, 80)))
CROP = {"content_crop": "0,0,0.75,1"}


@pytest.fixture
def begin(alices_browser: Client) -> Callable[..., dict[str, str]]:
    """Begins a preview of alice's; gives the ids of the pictures that it stored, by their places."""

    def post(**fields: object) -> dict[str, str]:
        files = {"content": upload("house.jpg", HOUSE), "style": upload("strokes.png", STROKES)}
        data = {**files, "image_size": "128", "num_iterations": "3", "tab": "one", **fields}
        answer = alices_browser.post("/new/preview/", {name: each for name, each in data.items() if each is not None})
        assert answer.status_code == 201, answer.content
        return answer.json()["pictures"]

    return post


@pytest.fixture
def a_day_later(alices_browser: Client) -> Callable[[], None]:
    """The tab is closed, a day goes by, and a worker looks after the queue."""

    def wait() -> None:
        alices_browser.delete("/new/preview/?tab=one")
        Picture.objects.passing().update(wanted_until=timezone.now() - timedelta(seconds=1))
        reconcile.reconcile("m")

    return wait


def test_they_are_on_no_list_and_go_with_their_files(
    begin: Callable[..., dict[str, str]],
    a_day_later: Callable[[], None],
    alices_browser: Client,
    bobs_browser: Client,
    stored_files: Callable[[], set[str]],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager],
) -> None:
    begin(**CROP)

    assert Picture.objects.count() == 3
    for browser in (alices_browser, bobs_browser):
        for address in ("/pictures/", "/new/choose/"):
            assert "house" not in browser.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        a_day_later()
    assert not Picture.objects.exists()
    assert not stored_files()


def test_they_stay_as_long_as_a_preview_is_there(begin: Callable[..., dict[str, str]]) -> None:
    begin()
    Picture.objects.update(wanted_until=timezone.now() - timedelta(seconds=1))

    assert passing.forget_unwanted() == 0
    assert Picture.objects.count() == 2


def test_another_preview_wants_them_for_another_day(begin: Callable[..., dict[str, str]]) -> None:
    stored = begin()
    Picture.objects.update(wanted_until=timezone.now() + timedelta(hours=1))

    begin(content=None, style=None, **{f"{name}_id": pk for name, pk in stored.items()})

    assert not Picture.objects.filter(wanted_until__lt=timezone.now() + timedelta(hours=23)).exists()


@pytest.mark.parametrize("is_uploaded_again", [True, False])
def test_a_render_keeps_them_also_the_whole_of_a_part(
    is_uploaded_again: bool,
    begin: Callable[..., dict[str, str]],
    a_day_later: Callable[[], None],
    alices_browser: Client,
    post_pair: Callable[..., HttpResponse],
) -> None:
    stored = begin(**CROP)
    files = {"content": upload("house.jpg", HOUSE), "style": upload("strokes.png", STROKES)}
    named = {"content": None, "style": None, **{f"{name}_id": pk for name, pk in stored.items()}}

    assert post_pair(alices_browser, **CROP, **(files if is_uploaded_again else named)).status_code == 302
    a_day_later()

    assert Picture.objects.count() == 3
    assert not Picture.objects.passing().exists()
    assert alices_browser.get("/pictures/").content.decode().count("<article") == 3


def test_a_sweep_keeps_them(
    begin: Callable[..., dict[str, str]], a_day_later: Callable[[], None], alices_browser: Client
) -> None:
    named = {f"{name}_id": pk for name, pk in begin().items()}
    axis = {"axis_1": "strength", "values_1": "0.2, 0.8", "sweep_at": "preview"}

    assert alices_browser.post("/sweeps/new/", {**named, **axis, "num_iterations": "3"}).status_code == 302
    a_day_later()

    assert Picture.objects.lasting().count() == 2


def test_what_was_brought_on_purpose_never_passes(
    begin: Callable[..., dict[str, str]],
    a_day_later: Callable[[], None],
    alices_browser: Client,
    alice: User,
    post_pair: Callable[..., HttpResponse],
) -> None:
    files = {"content": upload("house.jpg", HOUSE), "style": upload("strokes.png", STROKES)}
    assert post_pair(alices_browser, **files).status_code == 302
    begin()
    Render.objects.lasting().get().delete()

    a_day_later()

    assert Picture.objects.lasting().filter(owner=alice).count() == 2

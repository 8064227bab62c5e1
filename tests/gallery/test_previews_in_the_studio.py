"""A preview in the studio passes: it belongs to one tab of one person, nobody else sees it, and nothing stays of it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gallery.models import Pair, Picture, Render, RenderInput, Status, Worker
from gallery.painting.claiming import claim
from gallery.queueing import previews, queue
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.usefixtures("clean_queue")
Begin = Callable[..., HttpResponse]
ADDRESS = "/new/preview/"


@pytest.fixture
def begin(alices_browser: Client) -> Begin:
    """Posts the studio's form for a preview, as the tab "one" of alice's browser if nothing else is said."""

    def post(browser: Client | None = None, **fields: object) -> HttpResponse:
        data = {
            "content": upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG")),
            "style": upload("strokes.png", as_bytes(painting((80, 80)))),
            "image_size": "1024",
            "num_iterations": "3",
            "tab": "one",
            **fields,
        }
        return (browser or alices_browser).post(
            ADDRESS, {name: each for name, each in data.items() if each is not None}
        )

    return post


def state(browser: Client, preview: object) -> dict:
    return browser.get(ADDRESS, {"id": str(preview)}).json()


def test_it_is_the_render_at_256_px_and_stores_its_pictures_once(begin: Begin) -> None:
    answer = begin()
    again = begin(content=None, style=None, **{f"{name}_id": pk for name, pk in answer.json()["pictures"].items()})

    assert (answer.status_code, again.status_code) == (201, 201)
    assert again.json()["pictures"] == answer.json()["pictures"]
    assert Picture.objects.count() == 2
    row = Render.objects.get()
    assert (row.passes, row.image_size, row.recipe.num_iterations) == (True, 256, 3)


def test_of_a_part_the_whole_picture_is_stored_so_that_it_is_cropped_once(begin: Begin) -> None:
    crop = {"content_crop": "0,0,0.75,1"}
    first = begin(**crop).json()["pictures"]
    again = begin(content=None, content_id=first["content"], **crop).json()["pictures"]

    assert "content" not in again
    assert (Picture.objects.get(pk=first["content"]).width, Picture.objects.get(pk=first["content"]).crop) == (96, "")
    painted = RenderInput.objects.get(render=Render.objects.get(), role="content").picture
    assert painted is not None
    assert (painted.width, painted.height) == (72, 72)


def test_a_newer_one_of_the_same_tab_takes_its_place_and_another_tab_has_its_own(begin: Begin) -> None:
    first, other = begin().json()["id"], begin(tab="two").json()["id"]
    second = begin(strength="0.9").json()["id"]

    assert {str(pk) for pk in Render.objects.values_list("pk", flat=True)} == {other, second}
    assert first != second


def test_a_person_has_few_at_a_time(begin: Begin) -> None:
    begun = [begin(tab=f"tab{number}").json()["id"] for number in range(previews.MOST + 2)]

    assert {str(row.pk) for row in Render.objects.all()} == set(begun[-previews.MOST :])


def test_only_who_began_it_sees_it(begin: Begin, alices_browser: Client, bobs_browser: Client) -> None:
    preview = begin().json()["id"]

    assert state(alices_browser, preview)["state"] == "waiting"
    assert state(bobs_browser, preview)["state"] == "gone"
    bobs_browser.delete(f"{ADDRESS}?tab=one")
    assert Render.objects.exists()
    alices_browser.delete(f"{ADDRESS}?tab=one")
    assert not Render.objects.exists()
    assert not Pair.objects.exists()
    assert not RenderInput.objects.exists()


def test_no_list_of_renders_has_it(
    begin: Begin, alices_browser: Client, alice: User, make_worker: Callable[..., Worker]
) -> None:
    make_worker()
    preview = begin().json()["id"]
    everything = Render.objects
    for status in (Status.PENDING, Status.IN_PROGRESS, Status.FAILED):
        Render.objects.update(status=status)
        lists = [everything.waiting(), everything.running(), everything.failed(), everything.unfinished()]
        assert not any(each.exists() for each in [*lists, everything.paused(), everything.in_gallery()])
        for address in ("/", "/queue/", "/pictures/", "/sweeps/"):
            assert preview not in alices_browser.get(address).content.decode()


def test_it_waits_only_as_long_as_its_tab_asks(begin: Begin, alices_browser: Client) -> None:
    asked, silent = begin().json()["id"], begin(tab="two").json()["id"]
    soon = timezone.now() + timedelta(seconds=1)
    Render.objects.update(wanted_until=soon)
    state(alices_browser, asked)
    Render.objects.filter(wanted_until=soon).update(wanted_until=timezone.now() - timedelta(seconds=1))

    assert [str(row.pk) for row in Render.objects.awaited()] == [asked]
    assert previews.forget_unwanted() == 1
    assert state(alices_browser, silent)["state"] == "gone"
    assert state(alices_browser, asked)["state"] == "waiting"


def test_a_wrong_value_is_said_by_field_and_the_old_preview_stays(begin: Begin, alices_browser: Client) -> None:
    preview = begin().json()["id"]

    refused = begin(strength="7", style=None)

    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"strength", "style"}
    assert state(alices_browser, preview)["state"] == "waiting"


def test_why_it_failed_is_told(begin: Begin, alices_browser: Client) -> None:
    preview = begin().json()["id"]
    Render.objects.update(status=Status.FAILED, error="The style is too small.")

    assert state(alices_browser, preview) | {"n": 0} == {
        "state": "failed", "why": "The style is too small.", "rung": 0, "fraction": 0.0, "n": 0, "picture": None,
    }  # fmt: skip


def test_submitting_the_form_ends_the_preview_of_its_tab(
    begin: Begin, alices_browser: Client, post_pair: Callable[..., HttpResponse]
) -> None:
    begin()
    post_pair(alices_browser, tab="one")

    row = Render.objects.get()
    assert not row.passes


def test_deleting_a_picture_deletes_its_preview(begin: Begin, alices_browser: Client) -> None:
    pictures = begin().json()["pictures"]

    assert alices_browser.post(f"/pictures/{pictures['content']}/delete/").status_code == 302
    assert not Render.objects.exists()


@pytest.mark.parametrize("query", ["", "?id=nonsense", "?tab=", "?tab=../x"])
def test_an_address_that_names_nothing_is_not_found(query: str, alices_browser: Client) -> None:
    assert alices_browser.get(f"{ADDRESS}{query}").status_code == 404
    assert alices_browser.delete(f"{ADDRESS}{query}").status_code == 404


def test_nobody_waits_longer_because_of_it(
    begin: Begin, make_worker: Callable[..., Worker], make_render: Callable[..., Render]
) -> None:
    make_worker()
    render = make_render()
    begin()

    assert queue.position(render) == 1
    taken = claim("m")
    assert taken is not None
    assert taken.passes


def test_an_unknown_preview_is_gone(alices_browser: Client) -> None:
    assert state(alices_browser, uuid.uuid4())["state"] == "gone"

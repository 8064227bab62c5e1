"""The studio's form is answered at once by a process of its own, which a page can do without."""

import io
from collections.abc import Callable

import pytest
import redis
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render
from gallery.painting.instant import Resident
from gallery.processes.parts import Part
from gallery.queueing import instant
from gallery.queueing.instant import Given, Question
from tests.gallery.files import upload
from tests.pictures import as_bytes, painting, photograph
from transfer.inputs import Role
from transfer.instant.recipe import InstantRecipe

Ask = Callable[..., HttpResponse]


@pytest.fixture
def ask(alices_browser: Client, make_picture: Callable[..., Picture]) -> Ask:
    """Posts the studio's form with two stored pictures."""

    def post(**fields: object) -> HttpResponse:
        pictures = {f"{name}_id": str(make_picture(seed=seed).pk) for seed, name in enumerate(("content", "style"))}
        return alices_browser.post("/new/instant/", {"image_size": "1024", **pictures, **fields})

    return post


def opened(answer: HttpResponse) -> Image.Image:
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


@pytest.fixture(scope="module")
def resident_here() -> Resident:
    """What the process does, in this one."""
    return Resident()


@pytest.fixture
def asked_here(resident_here: Resident, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The same as `ask`, answered in this process."""
    monkeypatch.setattr(instant, "ask", lambda each: resident_here.picture(Question.from_json(each.as_json().encode())))
    return ask


def test_sliders_are_followed_by_a_process_that_is_warm(resident: Part, ask: Ask, clean_queue: redis.Redis) -> None:
    first = ask()
    assert opened(first).size == (256, 213)
    assert ask(strength="0.9").content != first.content
    gone = Question(InstantRecipe().model_dump(mode="json"), (Given(Role.CONTENT, 0, file="pictures/gone.png"),))
    with pytest.raises(instant.NotPossible, match=r"A stored picture cannot be read: upload it again\."):
        instant.ask(gone)
    clean_queue.lpush(instant.WAITING, "a question that has waited too long")
    assert ask().content == first.content
    assert resident.is_running
    assert not Render.objects.exists()


def test_a_smaller_size_is_as_large_as_it_is_asked_for(asked_here: Ask) -> None:
    assert opened(asked_here(image_size="96")).size == (96, 80)


def test_a_part_of_a_picture_is_that_part(asked_here: Ask) -> None:
    assert opened(asked_here(content_crop="0,0,0.75,1")).size == (230, 256)


def test_pictures_that_are_not_stored_go_along_and_stay_unstored(asked_here: Ask) -> None:
    stored = Picture.objects.count()
    sent = {
        name: upload(f"{name}.png", as_bytes(picture))
        for name, picture in (("content", photograph((96, 72))), ("style", painting((80, 80))))
    }
    assert opened(asked_here(content_id="", style_id="", **sent)).size == (256, 192)
    assert Picture.objects.count() == stored + 2  # the two that the fixture has stored itself


def test_painted_regions_count(asked_here: Ask) -> None:
    halves = Image.new("P", (96, 80))
    halves.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0])
    halves.paste(1, (0, 0, 48, 80))
    turned = halves.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    one, other = (
        asked_here(content_mask=upload("mask.png", as_bytes(halves)), style_mask_1=upload("mask.png", as_bytes(each)))
        for each in (halves, turned)
    )
    assert opened(one).size == opened(other).size == (256, 213)
    assert one.content != other.content


def test_without_the_process_it_is_said_at_once(ask: Ask, clean_queue: redis.Redis) -> None:
    answer = ask()
    assert (answer.status_code, answer.json()) == (503, {"why": "No process is making instant pictures here."})


def test_a_process_that_has_no_time_is_not_waited_for(
    ask: Ask, clean_queue: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instant, "WAITS", 0.1)
    clean_queue.set(instant.ALIVE, 1)
    assert ask().status_code == 503


def test_without_redis_it_is_said_too(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instant, "redis", lambda: redis.Redis(unix_socket_path="/nowhere"))
    assert ask().status_code == 503


def test_what_is_wrong_with_the_form_stands_by_its_fields(ask: Ask) -> None:
    answer = ask(strength="7", style_id="")
    assert answer.status_code == 422
    assert {"strength", "style"} <= answer.json()["errors"].keys()


def test_kinds_of_work_that_have_none_say_so(ask: Ask) -> None:
    answer = ask(kind="city", content_id="", style_id="")
    assert answer.status_code == 409, answer.content


def test_an_instant_picture_of_a_style_transfer_shares_what_both_know() -> None:
    from transfer.recipes.style import StyleRecipe

    asked = StyleRecipe(strength=0.3, style_scale=2.0, seed=4, num_iterations=7, style_blend_weights=(2.0, 1.0))
    found = InstantRecipe.like(asked)
    assert found == InstantRecipe(strength=0.3, style_scale=2.0, seed=4, style_blend_weights=(2.0, 1.0))
    assert InstantRecipe.like(found) is found


def test_an_instant_render_can_be_painted_properly(client: Client, make_finished: Callable[..., Render]) -> None:
    asked = InstantRecipe(image_size=64, strength=0.7, style_scale=2.0)
    row = make_finished(recipe_json=asked.model_dump(mode="json"))
    page = client.get(f"/renders/{row.pk}/").content.decode()
    assert "Paint it properly" in page
    form = client.get(f"/new/?from={row.pk}&kind=style").context["form"]
    assert form.kind.name == "style"
    assert (form["strength"].value(), form["style_scale"].value(), form["image_size"].value()) == (0.7, 2.0, 64)
    assert form["init"].value() == "instant"
    assert all(slot.chosen for slot in form.picture_slots)


def test_only_style_transfer_offers_a_picture_a_place() -> None:
    from transfer.kinds import uses

    words = [takes.use for _, takes in uses()]
    assert len(words) == len(set(words))

"""Where nothing has been painted yet, the first page offers pictures to start from: two clicks, and Paint."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from gallery.models import Picture, Render
from gallery.pictures import making
from tests.gallery.starting import use_small_ones

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
CHOSEN = {"content": "wide", "style": "rough"}


@pytest.fixture(autouse=True)
def _small_starters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_small_ones(monkeypatch, tmp_path)


def test_the_first_page_offers_contents_styles_and_a_button(client: Client) -> None:
    page = client.get("/").content.decode()

    assert re.findall(r'name="(content|style)" value="(\w+)"', page) == [
        ("content", "soft"),
        ("content", "wide"),
        ("style", "rough"),
    ]
    assert re.search(r"<button[^>]*>Paint</button>", page)
    assert "Clouds in clouds" in page


def test_one_content_and_one_style_are_chosen_already(client: Client) -> None:
    page = client.get("/").content.decode()

    assert re.findall(r'value="(\w+)" required checked', page) == ["soft", "rough"]


def test_each_picture_on_it_is_a_small_one_that_may_be_kept(client: Client) -> None:
    addresses = set(re.findall(r'src="(/starters/[0-9a-f]+\.webp)"', client.get("/").content.decode()))

    assert len(addresses) == 5
    for address in addresses:
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/webp"
        assert "immutable" in answer.headers["Cache-Control"]
        with Image.open(io.BytesIO(answer.content)) as image:
            assert max(image.size) == 96


def test_a_picture_that_nobody_offers_is_not_made(client: Client) -> None:
    assert client.get("/starters/0123456789abcdef.webp").status_code == 404


def test_paint_makes_a_render_of_two_pictures_that_remember_their_recipes(client: Client) -> None:
    answer = client.post("/starters/", CHOSEN)

    row = Render.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.pair.content.width, row.pair.content.height) == (96, 64)
    assert row.pair.content.made_by["shape"] == "3:2"
    assert row.pair.style.made_by["roughness"] == 0.8
    assert row.pair.content.elevation
    assert str(row.pair.content) == "Wide clouds"


def test_the_same_starter_is_the_same_picture_the_second_time(client: Client) -> None:
    for _ in range(2):
        client.post("/starters/", CHOSEN)

    assert (Picture.objects.count(), Render.objects.count()) == (2, 2)


def test_they_can_be_taken_to_the_studio_instead(client: Client) -> None:
    page = client.post("/starters/", {**CHOSEN, "studio": "1"}, follow=True)

    assert not Render.objects.exists()
    content, style = (slot.chosen.made_by for slot in page.context["form"].picture_slots)
    assert (content["shape"], style["roughness"]) == ("3:2", 0.8)


@pytest.mark.parametrize("fields", [{}, {"content": "soft"}, {"content": "soft", "style": "soft"}])
def test_what_is_no_starter_is_not_found(client: Client, fields: dict[str, str]) -> None:
    assert client.post("/starters/", fields).status_code == 404
    assert not Picture.objects.exists()


def test_a_render_that_nobody_can_paint_leads_back_with_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.MEMORY", 2**20)

    page = client.post("/starters/", CHOSEN, follow=True)

    assert page.redirect_chain[-1][0] == "/"
    (sentence,) = map(str, page.context["messages"])
    assert sentence.endswith("smaller size.")
    assert not Render.objects.exists()


def test_where_something_has_been_painted_pictures_are_all_there_is(
    client: Client, make_finished: Callable[..., Render]
) -> None:
    make_finished()

    assert "Paint your first picture" not in client.get("/").content.decode()


def test_a_search_that_finds_nothing_offers_none(client: Client) -> None:
    assert "/starters/" not in client.get("/", {"q": "zebra"}).content.decode()


def test_where_too_many_are_being_made_it_says_so_on_the_first_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> Picture:
        raise making.Busy

    monkeypatch.setattr(making, "keep", busy)

    for address, fields in (("/starters/", CHOSEN), ("/cookbook/", {"preset": "clouds-in-clouds"}), ("/examples/", {})):
        page = client.post(address, fields, follow=True)
        assert page.redirect_chain[-1][0] == "/"
        (sentence,) = map(str, page.context["messages"])
        assert "try again" in sentence

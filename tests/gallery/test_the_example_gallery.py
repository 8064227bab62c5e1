"""An example gallery can be asked for on an empty site, once; it waits behind everybody else's renders."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from gallery.models import Render
from gallery.studio import examples
from tests.gallery.starting import use_small_ones

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
Make = Callable[..., Render]


@pytest.fixture(autouse=True)
def _small_starters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_small_ones(monkeypatch, tmp_path)


def titles() -> list[str]:
    return [row.title for row in examples.there()]


def test_an_empty_site_offers_it(client: Client) -> None:
    assert "Paint an example gallery" in client.get("/").content.decode()


def test_all_its_pictures_are_submitted_with_their_titles(client: Client) -> None:
    answer = client.post("/examples/")

    assert answer.headers["Location"] == "/examples/"
    assert titles() == ["Soft and rough", "Wide and rough"]
    assert {row.image_size for row in examples.there()} == {64}


def test_a_request_that_has_taken_long_enough_leaves_the_rest_to_the_next_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "SECONDS", 0.0)

    client.post("/examples/")
    assert titles() == ["Soft and rough"]
    assert "Add the missing ones" in client.get("/examples/").content.decode()

    client.post("/examples/")
    assert titles() == ["Soft and rough", "Wide and rough"]
    assert "Add the missing ones" not in client.get("/examples/").content.decode()


def test_asking_twice_submits_none_twice(client: Client) -> None:
    for _ in range(3):
        assert client.post("/examples/").status_code == 302

    assert len(titles()) == 2


def test_it_waits_behind_what_is_asked_for_later(client: Client, alices_browser: Client) -> None:
    client.post("/examples/")
    answer = alices_browser.post("/starters/", {"content": "soft", "style": "rough"})

    first = Render.objects.waiting().first()
    assert first is not None
    assert first.get_absolute_url() == answer.headers["Location"]


def test_nobody_else_can_ask_for_more_of_it(
    client: Client, alices_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "SECONDS", 0.0)
    client.post("/examples/")

    assert alices_browser.post("/examples/").status_code == 403
    assert len(titles()) == 1
    assert "Watch it" in alices_browser.get("/").content.decode()


def test_it_is_not_to_be_had_where_others_have_painted(client: Client, make_finished: Make) -> None:
    make_finished()

    assert client.post("/examples/").status_code == 403
    assert not titles()


def test_its_page_shows_each_with_its_title_and_how_many_are_painted(client: Client) -> None:
    client.post("/examples/")

    page = client.get("/examples/").content.decode()

    assert "0 of 2 are painted" in page
    assert all(f"{title}</span>" in page and row.get_absolute_url() in page for title, row in
               zip(titles(), examples.there(), strict=True))  # fmt: skip


def test_before_anybody_asked_for_it_its_page_leads_to_the_first_page(client: Client) -> None:
    assert client.get("/examples/").headers["Location"] == "/"

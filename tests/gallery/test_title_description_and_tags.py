"""The owner of a render may give it a title, a description and tags; errors appear beside their fields."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Collection, Render, Tag

Make = Callable[..., Render]
SAID = {"title": "  The   harbour ", "description": "At dusk.", "tags": "Sea, #Boats, sea,, Old Town "}


def test_what_was_said_is_shown(alices_browser: Client, client: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    assert alices_browser.post(f"/renders/{render.id}/edit/", SAID).status_code == 302

    render.refresh_from_db()
    assert (render.title, render.description) == ("The harbour", "At dusk.")
    assert [tag.name for tag in render.tags.all()] == ["boats", "old town", "sea"]
    page = client.get(f"/renders/{render.id}/").content.decode()
    assert "<h1>The harbour</h1>" in page
    assert '<a href="/?tag=old%20town">old town</a>' in page
    assert "/edit/" not in page


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("title", "x" * 121, "at most 120 characters"),
        ("description", "x" * 2001, "at most 2000 characters"),
        ("tags", ",".join("abcdefghijk"), "These are 11 tags: leave at most 10."),
        ("tags", "x" * 41, "longer than 40 letters"),
        ("tags", "<b>", "has signs in it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    field: str, value: str, complaint: str, alices_browser: Client, alice: User, make_finished: Make
) -> None:
    render = make_finished(alice, title="before")

    response = alices_browser.post(f"/renders/{render.id}/edit/", {**SAID, field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert complaint in response.content.decode()
    render.refresh_from_db()
    assert (render.title, render.tags.count()) == ("before", 0)


def test_to_htmx_the_form_and_what_was_said_are_parts_of_the_page(
    alices_browser: Client, alice: User, make_finished: Make
) -> None:
    address = f"/renders/{make_finished(alice).id}/edit/"
    htmx = {"headers": {"HX-Request": "true"}}

    form, wrong, saved = (
        alices_browser.get(address, **htmx),
        alices_browser.post(address, {"title": "x" * 121}, **htmx),
        alices_browser.post(address, SAID, **htmx),
    )

    assert [response.status_code for response in (form, wrong, saved)] == [200, 200, 200]
    for response in (form, wrong, saved):
        assert 'id="about"' in response.content.decode()
        assert "<html" not in response.content.decode()
    assert "at most 120 characters" in wrong.content.decode()
    assert "<h1>The harbour</h1>" in saved.content.decode()


def test_nobody_else_may(bobs_browser: Client, client: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    for browser in (bobs_browser, client):
        assert browser.get(f"/renders/{render.id}/edit/").status_code == 403
        assert browser.post(f"/renders/{render.id}/edit/", SAID).status_code == 403
    render.refresh_from_db()
    assert render.title == ""


def test_a_visitor_may_say_something_about_their_own(client: Client, make_finished: Make) -> None:
    client.post(f"/renders/{make_finished().id}/like/")  # this gives them a session
    render = make_finished(visitor=client.session["visitor"])

    assert client.post(f"/renders/{render.id}/edit/", SAID).status_code == 302
    assert "<h1>The harbour</h1>" in client.get(f"/renders/{render.id}/").content.decode()


def test_tags_that_nobody_uses_any_more_go(alices_browser: Client, alice: User, make_finished: Make) -> None:
    one, other = make_finished(alice), make_finished(alice, seed=3)
    alices_browser.post(f"/renders/{one.id}/edit/", {"tags": "sea, boats"})
    alices_browser.post(f"/renders/{other.id}/edit/", {"tags": "boats"})

    alices_browser.post(f"/renders/{one.id}/edit/", {"tags": ""})

    assert [tag.name for tag in Tag.objects.all()] == ["boats"]


def test_a_title_is_only_text(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    alices_browser.post(
        f"/renders/{render.id}/edit/", {"title": "<script>alert(1)</script>", "description": "<b id='bold'>"}
    )

    page = alices_browser.get(f"/renders/{render.id}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<b id" not in page


@pytest.mark.parametrize("text", ["\u200b", "\u2800 \u3164", "\u202e", "\ufeff\u00ad", " \u2003 "])
def test_a_title_of_nothing_that_can_be_seen_is_none(
    text: str, alices_browser: Client, alice: User, make_finished: Make
) -> None:
    render = make_finished(alice, title="before")

    assert alices_browser.post(f"/renders/{render.id}/edit/", {"title": text}).status_code == 302

    render.refresh_from_db()
    assert render.title == ""
    assert alices_browser.post("/collections/", {"title": text}).status_code == 422


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("The \u202egnp.sea", "The gnp.sea"),
        ("a\u2066b\u2069\x07", "ab"),
        ("دریا\u200cها 👩\u200d🎨", "دریا\u200cها 👩\u200d🎨"),
    ],
)
def test_a_title_turns_no_text_around(
    written: str, kept: str, alices_browser: Client, alice: User, make_finished: Make
) -> None:
    render = make_finished(alice)

    alices_browser.post(f"/renders/{render.id}/edit/", {"title": written})
    alices_browser.post("/collections/", {"title": written})

    render.refresh_from_db()
    assert (render.title, Collection.objects.get().title) == (kept, kept)


def test_the_end_of_a_line_counts_as_one_character(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    lines = "x\n" * 999 + "xy"

    response = alices_browser.post(f"/renders/{render.id}/edit/", {"description": lines.replace("\n", "\r\n")})

    assert response.status_code == 302
    render.refresh_from_db()
    assert render.description == lines

"""Anybody may like a render once and make it a favourite; the number of likes is always exact."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from gallery.accounts.person import Person
from gallery.browsing.marks import toggle
from gallery.models import Favourite, Like, Render, Status

Make = Callable[..., Render]
HTMX = {"headers": {"HX-Request": "true"}}


def test_a_like_is_given_and_taken_back(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished()

    response = alices_browser.post(f"/renders/{render.id}/like/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/renders/{render.id}/")
    render.refresh_from_db()
    assert (render.likes, Like.objects.get().owner) == (1, alice)

    alices_browser.post(f"/renders/{render.id}/like/")
    render.refresh_from_db()
    assert (render.likes, Like.objects.count()) == (0, 0)


def test_each_person_and_visitor_counts_once(
    alices_browser: Client, bobs_browser: Client, client: Client, make_finished: Make
) -> None:
    render = make_finished()

    for browser in (alices_browser, bobs_browser, client):
        browser.post(f"/renders/{render.id}/like/")

    render.refresh_from_db()
    assert render.likes == Like.objects.count() == 3


def test_buttons_tell_what_is_ones_own(alices_browser: Client, client: Client, make_finished: Make) -> None:
    render = make_finished()
    client.post(f"/renders/{render.id}/like/")

    answered = alices_browser.post(f"/renders/{render.id}/favourite/", **HTMX).content.decode()

    assert 'id="like" aria-pressed="false"' in answered
    assert 'id="favourite" data-key="." aria-pressed="true"' in answered
    assert '<span class="count">1</span>' in answered
    assert "<html" not in answered
    page = client.get(f"/renders/{render.id}/").content.decode()
    assert 'id="like" aria-pressed="true"' in page
    assert 'data-key="." aria-pressed="false"' in page
    assert Favourite.objects.count() == 1


def test_looking_makes_nobody_known(client: Client, make_finished: Make) -> None:
    client.get(f"/renders/{make_finished().id}/")

    assert "visitor" not in client.session


def test_only_finished_renders_are_liked(client: Client, make_finished: Make) -> None:
    assert client.post(f"/renders/{make_finished(status=Status.PENDING).id}/like/").status_code == 404
    assert client.get(f"/renders/{make_finished().id}/like/").status_code == 405


def test_likes_go_with_their_render(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    alices_browser.post(f"/renders/{render.id}/like/")

    alices_browser.post(f"/renders/{render.id}/delete/")

    assert not Like.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_likes_at_the_same_moment_are_all_counted(make_finished: Make) -> None:
    render = make_finished()

    def like(visitor: str) -> None:
        toggle(Like, render, Person(None, visitor))
        connection.close()

    with ThreadPoolExecutor(6) as people:
        list(people.map(like, [f"{number % 9:032}" for number in range(27)]))  # nine people, three times each

    render.refresh_from_db()
    assert render.likes == Like.objects.count() == 9

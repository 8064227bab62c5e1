"""The page "My pictures" shows people their own pictures, and nobody else's."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture


def test_everybody_sees_their_own(
    client: Client,
    alice: User,
    bob: User,
    alices_browser: Client,
    bobs_browser: Client,
    make_picture: Callable[..., Picture],
) -> None:
    of_alice, of_bob = make_picture(alice, seed=1), make_picture(bob, seed=2)
    of_a_visitor = make_picture(visitor="a" * 32, seed=3)

    def shown(browser: Client) -> list[Picture]:
        return list(browser.get("/pictures/").context["pictures"])

    assert shown(alices_browser) == [of_alice]
    assert shown(bobs_browser) == [of_bob]
    assert shown(client) == []
    assert of_a_visitor not in shown(Client())


def test_a_visitor_sees_what_this_browser_uploaded(post_pair: Callable[..., HttpResponse], client: Client) -> None:
    post_pair()

    names = {picture.name for picture in client.get("/pictures/").context["pictures"]}
    assert names == {"house.jpg", "strokes.png"}
    assert not Client().get("/pictures/").context["pictures"]


def test_a_picture_can_be_used_again_and_deleted(
    alice: User, alices_browser: Client, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice)

    page = alices_browser.get("/pictures/").content.decode()

    assert f"/new/?content={picture.id}" in page
    assert f"/new/?style={picture.id}" in page
    assert f'<input type="hidden" name="picture" value="{picture.id}">' in page
    assert f'alt="{picture.name}"' in page


def test_without_pictures_it_says_what_comes_here(alices_browser: Client) -> None:
    assert "appear here" in alices_browser.get("/pictures/").content.decode()

"""People may cancel and delete what they made; only staff may do so with what others made."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture, Render, Status

Make = Callable[..., Render]


def test_a_visitor_may_cancel_and_delete_what_this_browser_made(
    client: Client, post_pair: Callable[..., HttpResponse]
) -> None:
    address = post_pair().headers["Location"]

    assert client.post(f"{address}cancel/").status_code == 302
    assert Render.objects.get().status == Status.CANCELED
    assert client.post(f"{address}delete/").status_code == 302
    assert not Render.objects.exists()


@pytest.mark.parametrize("action", ["cancel", "delete"])
def test_another_visitor_may_not(action: str, post_pair: Callable[..., HttpResponse], bobs_browser: Client) -> None:
    address = post_pair().headers["Location"]
    stranger = Client()
    post_pair(stranger)
    before = list(Render.objects.values())

    for browser in (stranger, Client(), bobs_browser):
        response = browser.post(f"{address}{action}/")
        assert response.status_code == 403
        assert "Not yours" in response.content.decode()

    assert list(Render.objects.values()) == before


@pytest.mark.parametrize("action", ["cancel", "delete"])
def test_alice_may_not_touch_what_is_bobs(
    action: str, bob: User, alices_browser: Client, client: Client, make_finished: Make
) -> None:
    render = make_finished(bob, status=Status.PENDING)

    for browser in (alices_browser, client):
        assert browser.post(f"/renders/{render.id}/{action}/").status_code == 403

    assert Render.objects.get().status == Status.PENDING


def test_bob_and_staff_may(bob: User, bobs_browser: Client, charlies_browser: Client, make_finished: Make) -> None:
    one, two = (make_finished(bob, status=Status.PENDING) for _ in range(2))

    for browser, render in ((bobs_browser, one), (charlies_browser, two)):
        assert browser.post(f"/renders/{render.id}/cancel/").status_code == 302
        assert Render.objects.get(pk=render.pk).status == Status.CANCELED
        assert browser.post(f"/renders/{render.id}/delete/").status_code == 302
        assert not Render.objects.filter(pk=render.pk).exists()


def test_what_nobody_owns_is_nobodys(client: Client, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(None, "")

    for browser in (client, alices_browser):
        assert browser.post(f"/renders/{render.id}/delete/").status_code == 403


def test_a_visitors_name_cannot_be_chosen_by_the_visitor(client: Client, make_finished: Make) -> None:
    render = make_finished(None, uuid.uuid4().hex)

    response = client.post(f"/renders/{render.id}/delete/", {"visitor": render.visitor, "owner": "1"})

    assert response.status_code == 403


def test_cancelling_what_is_over_changes_nothing(alice: User, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(alice)

    response = alices_browser.post(f"/renders/{render.id}/cancel/", follow=True)

    assert "already over" in response.content.decode()
    assert Render.objects.get().status == Status.COMPLETED


def test_a_submission_belongs_to_who_sent_it(
    alice: User, alices_browser: Client, post_pair: Callable[..., HttpResponse]
) -> None:
    post_pair(alices_browser)

    assert Render.objects.get().owner == alice
    assert {picture.owner for picture in Picture.objects.all()} == {alice}

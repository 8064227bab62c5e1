"""A request that does not come from one of our pages changes nothing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Render


def test_a_post_without_a_token_makes_nothing(
    db: None, post_pair: Callable[..., HttpResponse], nothing_was_made: Callable[[], bool]
) -> None:
    assert post_pair(Client(enforce_csrf_checks=True)).status_code == 403
    assert nothing_was_made()


def test_a_post_with_the_token_of_the_form_works(db: None, post_pair: Callable[..., HttpResponse]) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = browser.get("/new/").context["csrf_token"]

    assert post_pair(browser, csrfmiddlewaretoken=str(token)).status_code == 302


@pytest.mark.parametrize("action", ["renders/{0.id}/cancel/", "renders/{0.id}/delete/", "pictures/{1.id}/delete/"])
def test_cancelling_and_deleting_need_a_token(action: str, alice: User, make_finished: Callable[..., Render]) -> None:
    render = make_finished(alice)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)

    assert browser.post("/" + action.format(render, render.pair.content)).status_code == 403
    assert Render.objects.filter(pk=render.pk).exists()


@pytest.mark.parametrize("action", ["renders/{0.id}/cancel/", "renders/{0.id}/delete/", "pictures/{1.id}/delete/"])
def test_looking_never_changes_anything(
    action: str, alices_browser: Client, alice: User, make_finished: Callable[..., Render]
) -> None:
    render = make_finished(alice)

    assert alices_browser.get("/" + action.format(render, render.pair.content)).status_code == 405
    assert Render.objects.filter(pk=render.pk).exists()

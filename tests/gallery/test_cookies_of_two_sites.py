"""Two sites at two ports of one host: a browser sends the cookies of both to both, and none is touched by the other."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.middleware import OLD_CSRF, OLD_SESSION
from gallery.models import Render

NAMES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGES_COOKIE_NAME")


def names_of(data: Path, environment: dict[str, str]) -> list[str]:
    """The names of the cookies of the site with this data folder."""
    program = f"from django.conf import settings\nfor name in {NAMES}: print(getattr(settings, name))"
    environment = {**environment, "STYLESITE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "stylesite.settings"}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return result.stdout.split()


def test_their_names_differ_and_stay(tmp_path: Path, subprocess_environment: dict[str, str]) -> None:
    one, other = (names_of(tmp_path / name, subprocess_environment) for name in ("one", "other"))
    (tmp_path / "one").rename(tmp_path / "elsewhere")

    assert len({*one, *other}) == 6
    assert names_of(tmp_path / "elsewhere", subprocess_environment) == one


def test_the_site_sends_no_cookie_of_another_name(
    client: Client, alice: User, post_pair: Callable[..., HttpResponse]
) -> None:
    post_pair()
    client.get("/login/")
    client.post(f"/renders/{Render.objects.get().id}/cancel/")
    client.post("/login/", {"username": "alice", "password": "alice"})

    assert client.cookies
    assert set(client.cookies) <= {getattr(settings, name) for name in NAMES}


def test_a_visitor_from_before_keeps_their_pictures(client: Client, post_pair: Callable[..., HttpResponse]) -> None:
    address = post_pair().headers["Location"]
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser = Client()
    browser.cookies[OLD_SESSION] = key

    first = browser.get(address)
    assert first.cookies[settings.SESSION_COOKIE_NAME].value == key
    assert first.cookies[OLD_SESSION].value == ""
    assert settings.SESSION_COOKIE_NAME not in browser.get(address).cookies
    assert browser.post(f"{address}cancel/").status_code == 302


def test_the_session_of_another_site_is_left_to_it(client: Client, db: None) -> None:
    client.cookies[OLD_SESSION] = "k" * 32

    response = client.get("/")

    assert OLD_SESSION not in response.cookies
    assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_a_form_that_was_open_during_the_update_can_be_sent(db: None, post_pair: Callable[..., HttpResponse]) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = str(browser.get("/new/").context["csrf_token"])
    secret = browser.cookies.pop(settings.CSRF_COOKIE_NAME).value
    browser.cookies[OLD_CSRF] = secret

    assert post_pair(browser, csrfmiddlewaretoken=token).status_code == 302

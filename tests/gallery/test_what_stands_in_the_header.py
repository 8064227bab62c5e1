"""Every page says how long the queue is and who is logged in, and comes in the theme that one chose."""

from collections.abc import Callable

import pytest
from django.test import Client

from gallery.models import Render, Status
from gallery.queueing import answers, length

Make = Callable[..., Render]
PAGES = ["/", "/queue/", "/collections/", "/pictures/", "/cookbook/", "/nowhere/"]


def page(browser: Client, address: str = "/") -> str:
    answers.forget(length.NAME)
    return browser.get(address).content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_the_length_of_the_queue(address: str, client: Client, make_finished: Make) -> None:
    assert 'class="length"' not in page(client, address)
    for status, paused in ((Status.PENDING, False), (Status.IN_PROGRESS, False), (Status.PENDING, True)):
        make_finished(status=status, paused=paused)

    assert 'title="2 waiting or painting">2</span>' in page(client, address)


def test_who_is_logged_in(client: Client, alices_browser: Client) -> None:
    assert "Logged in as" not in page(client)
    assert '<span class="quiet">Logged in as </span>alice</a>' in page(alices_browser)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_offers_the_keys(address: str, client: Client, db: None) -> None:
    assert 'data-opens="keys"' in page(client, address)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_remembered(theme: str, client: Client, db: None) -> None:
    answer = client.post("/theme/", {"theme": theme, "next": "/queue/"})

    assert answer.headers["Location"] == "/queue/"
    assert f'<html lang="en" data-theme="{theme}">' in page(client)
    assert f'<meta name="color-scheme" content="{theme}">' in page(client)


def test_as_the_system_has_it_at_first_and_again(client: Client, db: None) -> None:
    assert '<html lang="en">' in page(client)
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "system"})
    assert '<html lang="en">' in page(client)


def test_a_theme_that_is_none_changes_nothing(client: Client, db: None) -> None:
    client.post("/theme/", {"theme": 'x" onload="'})
    client.cookies["stylesite_theme"] = 'x" onload="'

    assert '<html lang="en">' in page(client)


def test_choosing_a_theme_leads_to_no_other_site(client: Client, db: None) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": "//evil.example"}).headers["Location"] == "/"

"""A site under a path of its host, behind a proxy: pages, pictures and scripts ask for nothing elsewhere."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.gallery.proxy import Proxy, running

PAGES = ("", "new/", "queue/", "pictures/", "collections/", "cookbook/", "make/", "login/")


@pytest.fixture
def under_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site that a fixture starts next is under /studio."""
    monkeypatch.setenv("STYLESITE_PREFIX", "/studio")


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_works_and_asks_for_nothing_outside_it(
    under_a_path: None, site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render]
) -> None:
    render = make_finished()
    lost: list[str] = []
    with running(Proxy(urlsplit(site_without_worker).port or 0, {}, "/studio")) as port:
        page = open_page()
        page.on("response", lambda response: lost.append(response.url) if response.status >= 400 else None)
        for path in (*PAGES, f"renders/{render.id}/", f"pairs/{render.pair_id}/"):
            page.goto(f"http://127.0.0.1:{port}/studio/{path}", wait_until="networkidle")
            outside = page.evaluate(
                """() => performance.getEntriesByType("resource").map((each) => new URL(each.name))
                    .filter((each) => each.protocol === "http:" && !each.pathname.startsWith("/studio/"))
                    .map((each) => each.pathname)"""
            )
            assert outside == [], path
        assert lost == []
        page.goto(f"http://127.0.0.1:{port}/studio/renders/{render.id}/")
        page.locator("#like").click()
        expect(page.locator("#like[aria-pressed=true]")).to_be_visible()
        page.get_by_role("link", name="New render").click()
        expect(page).to_have_url(f"http://127.0.0.1:{port}/studio/new/")


def test_static_scripts_name_no_address_of_the_root() -> None:
    for script in (Path(settings.BASE_DIR) / "static").rglob("*.js"):
        assert not re.search(r"""["'`]/[a-z]+/""", script.read_text()), script

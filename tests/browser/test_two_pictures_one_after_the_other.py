"""Pictures that come one after the other, while the first is looked at, get places of their own, in their order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import at_once
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser
LARGE = as_bytes(photograph()) + b"\0" * (12 * 2**20)


@pytest.mark.parametrize("where", [None, "h1"], ids=["pasted", "dropped beside the places"])
def test_each_gets_a_place(site_without_worker: str, open_page: Callable[..., Page], where: str | None) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")

    at_once(page, (where, LARGE, "first.png"), (where, as_bytes(painting()), "second.png"))

    for place, name in {"content": "first.png", "style": "second.png"}.items():
        expect(page.locator(f"[data-role={place}] .preview img")).to_have_attribute("alt", name)
    expect(page.locator(".toast")).to_have_count(0)

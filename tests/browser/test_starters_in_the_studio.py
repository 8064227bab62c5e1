"""In the studio, a starter of the site fills a place, and Create for a style begins with a style."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_starter_is_chosen_and_create_offers_styles(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    content, style = (page.locator(f'.drop[data-role="{role}"]') for role in ("content", "style"))

    content.get_by_role("link", name="from the gallery").click()
    page.get_by_role("button", name="A heightmap").click()
    expect(content.locator(".preview img")).to_have_attribute("alt", "A heightmap")
    expect(page.locator("dialog.picker")).to_be_hidden()

    style.get_by_role("link", name="create one").click()
    expect(page.locator("dialog.maker")).to_be_visible()
    expect(page.locator(".generators [aria-current]")).to_have_text("Oil strokes")
    for label in page.locator(".generators a").all():
        assert label.evaluate("each => each.scrollWidth <= each.clientWidth")

"""People copy a result's link, also where the browser has no clipboard, and download it under its name."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render

pytestmark = pytest.mark.browser


def test_a_link_is_copied_and_files_have_names(
    site_without_worker: str,
    open_page: Callable[..., Page],
    screen: tuple[int, int],
    make_finished: Callable[..., Render],
) -> None:
    render = make_finished(title="Night river")
    address = f"{site_without_worker}/renders/{render.id}/"
    page = open_page(screen, permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page.goto(address)

    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".copied")).to_have_text(re.compile("^Copied the link. Only this machine can open it: "))
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.copied") == address

    for link, name in (
        ("Download PNG", "night-river-64px.png"),
        ("Before and after", "night-river-64px-before-after.png"),
        ("Slider clip", "night-river-64px-before-after.mp4"),
        ("Download the recipe as JSON", "night-river-64px-recipe.json"),
    ):
        with page.expect_download() as started:
            page.get_by_role("link", name=link).click()
        assert started.value.suggested_filename == name

    expect(page.get_by_text("0.5 × 0.4 cm at 300 dpi")).to_be_visible()
    page.get_by_text("72 dpi", exact=True).click()
    expect(page.get_by_text("2.3 × 1.7 cm at 72 dpi")).to_be_visible()
    expect(page.get_by_text("0.5 × 0.4 cm at 300 dpi")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]

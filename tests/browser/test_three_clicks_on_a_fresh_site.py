"""Who opens a fresh site has a picture after three clicks: a content, a style, Paint."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_content_a_style_and_paint(site: str, open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(screen)
    page.goto(site)

    page.get_by_text("Clouds", exact=True).click()
    page.locator(".tile").get_by_text("Stained glass", exact=True).click()
    expect(page.locator(".chosen")).to_have_text("Clouds × Stained glass")
    page.get_by_role("button", name="Paint", exact=True).click()

    page.wait_for_url(re.compile(r"/renders/[0-9a-f-]{36}/$"))
    expect(page.locator(".stage img[src*='frame.jpg']")).to_be_visible()


def test_the_keyboard_does_the_same(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site_without_worker)

    page.locator("[name=content]:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=content]:checked")).to_have_value("world")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/renders/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text("A world")


@pytest.mark.slow
def test_an_example_gallery_fills_in_while_one_watches(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(site_without_worker)

    page.get_by_role("button", name="Paint an example gallery").click()

    page.wait_for_url(re.compile("/examples/$"))
    expect(page.locator(".examples > li a")).to_have_count(12)
    expect(page.locator("[id^=missing]")).to_have_count(0)
    expect(page.get_by_text("0 of 12 are painted")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

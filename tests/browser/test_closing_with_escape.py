"""Esc closes one thing at a time on a result's page, never two, and never loses what somebody typed."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from gallery.models import Render

pytestmark = pytest.mark.browser


def test_one_thing_closes_at_a_time_and_text_comes_back(
    site_without_worker: str,
    alices_page: Page,
    alice: User,
    make_finished: Callable[..., Render],
) -> None:
    render = make_finished(alice)
    page = alices_page
    address = f"{site_without_worker}/renders/{render.id}/"
    page.goto(address)
    menu, title = page.locator("details.bigger"), page.get_by_label("Title")
    compare = page.get_by_role("button", name="Compare", exact=True)

    compare.click()
    menu.locator("summary").click()
    page.get_by_role("link", name="Edit title and tags").click()
    title.fill("Half a thought")
    page.keyboard.press("Escape")
    expect(title).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("House × Strokes")
    expect(menu).to_have_attribute("open", "")

    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(compare).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(compare).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    assert page.url == address

    half_a_thought_comes_back_until_there_is_a_whole_one(page)

    page.locator("#of-render a").click()
    page.get_by_placeholder("New collection").fill("Rivers")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_placeholder("New collection")).to_have_value("Rivers")
    assert page.url == address
    page.get_by_placeholder("New collection").fill("")
    for _ in range(2):
        page.keyboard.press("Escape")
    page.wait_for_url(f"{site_without_worker}/")


def half_a_thought_comes_back_until_there_is_a_whole_one(page: Page) -> None:
    title = page.get_by_label("Title")
    page.reload()
    page.get_by_role("link", name="Edit title and tags").click()
    expect(title).to_have_value("Half a thought")
    expect(page.get_by_text("Here is what you typed before")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(title).to_have_value("")
    title.fill("A whole one")
    title.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A whole one")
    page.get_by_role("link", name="Edit title and tags").click()
    expect(title).to_have_value("A whole one")
    expect(page.get_by_text("Here is what you typed before")).to_be_hidden()
    page.get_by_role("link", name="Cancel").click()

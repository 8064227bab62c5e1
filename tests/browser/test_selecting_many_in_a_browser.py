"""Many pictures are selected by pointer and keyboard, deleted, and brought back; themes change; menus are menus."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from gallery.models import Removal, Render, Tag
from tests.browser.conftest import SCREENS, log_in

pytestmark = pytest.mark.browser
CHECKED = ".pick :checked"


@pytest.fixture
def gallery(
    site_without_worker: str,
    alices_page: Page,
    make_finished: Callable[..., Render],
    alice: User,
) -> Page:
    """Alice's gallery of five renders."""
    for number in range(5):
        make_finished(alice, seed=number, title=f"Number {number}")
    page = alices_page
    page.goto(site_without_worker)
    return page


def test_selecting_tagging_deleting_and_undoing(gallery: Page) -> None:
    page, bar = gallery, gallery.get_by_role("form", name="Selected pictures")
    expect(bar).to_be_hidden()
    page.locator(".card .result").first.focus()
    page.keyboard.press("x")
    expect(bar).to_contain_text("1 selected")
    page.locator(".card .result").nth(2).click(modifiers=["Shift"])
    expect(page.locator(CHECKED)).to_have_count(3)
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()

    page.get_by_role("button", name="Select", exact=True).click()
    page.locator(".card .result").first.click()
    page.locator(".card .result").nth(1).click()
    bar.get_by_role("button", name="Tag").click()
    page.get_by_label("Tags to add").fill("night")
    page.get_by_role("button", name="Add tags").click()
    expect(page.get_by_role("status").filter(has_text="2 renders tagged.")).to_be_visible()
    assert Tag.objects.get().renders.count() == 2

    page.get_by_role("checkbox", name="Select Number 4").check()
    bar.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("You can undo this for 10 seconds.")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".card")).to_have_count(4)
    expect(page.locator(".toast")).to_contain_text(re.compile(r"Deleting 1 render in \d+ s"))
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card")).to_have_count(5)
    assert not Removal.objects.exists()

    page.get_by_role("checkbox", name="Select Number 4").check()
    with page.expect_download() as downloading:
        bar.get_by_role("button", name="Download ZIP").click()
    assert downloading.value.suggested_filename.endswith(".zip")


def test_a_menu_and_a_theme(gallery: Page) -> None:
    page, summary = gallery, gallery.get_by_label("More about Number 4")
    summary.click()
    expect(page.get_by_role("menuitem", name="Open")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Compare with its sources")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Add to a collection")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(summary).to_be_focused()

    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Theme: system").click()
    page.get_by_role("button", name="Theme: light").click()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    dark = page.evaluate(ground)
    page.reload()
    assert page.evaluate(ground) == dark != light


def test_without_a_script_on_a_phone(
    site_without_worker: str,
    open_page: Callable[..., Page],
    make_finished: Callable[..., Render],
    alice: User,
    alices_browser: Client,
) -> None:
    make_finished(alice, title="Number 0")
    page = open_page(SCREENS["phone"], java_script_enabled=False)
    log_in(page, alices_browser, site_without_worker)
    page.goto(site_without_worker)

    page.get_by_role("checkbox", name="Select Number 0").check()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".card")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("button", name="Theme: system").click()
    expect(page.locator("html[data-theme=light]")).to_have_count(1)

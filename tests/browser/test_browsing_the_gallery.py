"""People walk through the gallery by keyboard, filter it and load more, on a wide screen and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.browsing.paging import PAGE
from gallery.models import Collection, Render, Tag
from tests.browser.conftest import SCREENS

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.closest('.card')?.querySelector('.caption').innerText.trim() ?? ''"


@pytest.fixture
def fill(make_finished: Callable[..., Render]) -> Callable[[int], list[Render]]:
    """Makes that many renders with their numbers as titles; the newest has the highest."""

    def make(count: int) -> list[Render]:
        first = make_finished(title="Number 0")
        fields = {name: getattr(first, name) for name in ("pair", "recipe_json", "status", "output", "width", "height")}
        small = {name: getattr(first, name) for name in ("thumbnail", "thumbnail_width", "thumbnail_height")}
        return [first, *(Render.objects.create(title=f"Number {n}", **fields, **small) for n in range(1, count))]

    return make


def test_by_keyboard(
    site_without_worker: str, open_page: Callable[..., Page], fill: Callable[[int], list[Render]]
) -> None:
    newest = fill(12)[-1]
    page = open_page()
    page.goto(site_without_worker)

    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Number 11"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Number 10"
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > top
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == "Number 10"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("i")
    expect(page.get_by_role("menuitem", name="Use as style")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem", name="Use as style")).to_be_hidden()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Go from picture to picture")
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").fill("?ir")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.get_by_role("searchbox").input_value() == "?ir"

    page.locator(".card .result").first.focus()
    page.keyboard.press("r")
    page.wait_for_url(f"**/new/?from={newest.pk}")
    page.go_back()
    page.locator(".card .result").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{newest.get_absolute_url()}")


def test_narrowing_and_going_on(
    site_without_worker: str,
    open_page: Callable[..., Page],
    screen: tuple[int, int],
    fill: Callable[[int], list[Render]],
) -> None:
    renders = fill(PAGE + 3)
    renders[4].tags.set([Tag.objects.create(name="night")])
    page = open_page(screen)
    page.goto(site_without_worker)

    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".card")).to_have_count(PAGE + 3)
    page.wait_for_function(f"() => {FOCUSED} === 'Number 2'")

    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Tag", exact=True).fill("night")
    page.get_by_role("button", name="Show these").click()
    page.wait_for_url("**/?tag=night")
    expect(page.locator(".card")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]
    page.get_by_role("link", name="Tagged night").click()
    page.get_by_label("Order").select_option("oldest")
    page.wait_for_url("**/?sort=oldest")
    expect(page.locator(".card .caption").first).to_contain_text("Number 0")


def test_a_collection_of_ones_own(
    site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render]
) -> None:
    render = make_finished(title="Harbour")
    page = open_page(SCREENS["phone"])
    page.goto(f"{site_without_worker}{render.get_absolute_url()}collections/")

    page.get_by_placeholder("New collection").fill("Seas")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("button", name="Remove from Seas").click()
    page.get_by_role("button", name="Add to Seas").click()
    expect(page.get_by_role("button", name="Remove from Seas")).to_be_visible()
    page.get_by_role("link", name="Seas").click()
    expect(page.locator(".card")).to_have_count(1)

    page.locator("summary", has_text="Edit").click()
    page.get_by_label("Title").fill("All seas")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="All seas")).to_be_visible()
    assert Collection.objects.get().renders.get() == render

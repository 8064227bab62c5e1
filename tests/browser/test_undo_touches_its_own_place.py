"""Undo puts back what one deed took away; what came to other places meanwhile stays, also if it was still looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import at_once, drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser
HOUSE, STROKES = as_bytes(photograph((1600, 1200))), as_bytes(painting())
NAMES = "() => [...document.querySelectorAll('.inputs [type=file]')].map(({ files }) => files[0]?.name)"


def with_a_house(page: Page, site: str) -> None:
    page.goto(f"{site}/new/")
    drop(page, "[data-role=content]", as_bytes(photograph()), "house.png")
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("data-whole", "200x150")


@pytest.mark.parametrize("undone_at_once", [False, True], ids=["later", "at once"])
def test_a_picture_that_came_meanwhile_stays(
    site_without_worker: str, open_page: Callable[..., Page], undone_at_once: bool
) -> None:
    page = open_page()
    with_a_house(page, site_without_worker)
    page.get_by_role("button", name="Content: remove").click()
    expect(page.locator(".toast")).to_contain_text("“house.png” was removed.")
    style = page.locator("[data-role=style] .preview img")

    at_once(page, ("[data-role=style]", STROKES, "strokes.png"), *([".toast button"] if undone_at_once else []))
    if not undone_at_once:
        expect(style).to_have_attribute("alt", "strokes.png")
        page.get_by_role("button", name="Undo", exact=True).click()

    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "house.png")
    expect(style).to_have_attribute("alt", "strokes.png")
    assert page.evaluate(NAMES) == ["house.png", "strokes.png"]


def test_a_picture_comes_back_with_its_size_though_it_was_removed_before_it_was_drawn(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=style]", STROKES, "strokes.png")
    expect(page.locator("[data-role=style] .preview img")).to_be_visible()
    page.evaluate("""new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-role=content] .preview img')) return;
      observer.disconnect();
      document.querySelector('[data-role=content] .clear').click();
    }).observe(document.querySelector('[data-role=content]'), { childList: true, subtree: true })""")
    drop(page, "[data-role=content]", HOUSE, "house.png")
    expect(page.locator(".toast")).to_contain_text("“house.png” was removed.")
    expect(page.locator("[data-role=content] .preview img")).to_have_count(0)

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "house.png")
    expect(page.locator(".plan")).to_contain_text("at 512 × 384 px")


def test_what_was_judged_while_something_was_undone_lets_the_preview_go_on(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    with_a_house(page, site_without_worker)
    drop(page, "[data-role=style]", STROKES, "strokes.png")
    expect(page.locator("[data-role=style] .preview img")).to_be_visible()
    page.get_by_role("button", name="Style: remove").click()
    expect(page.locator(".toast")).to_contain_text("“strokes.png” was removed.")

    with page.expect_response("**/new/preview/") as begun:
        at_once(page, ("[data-role=style]", as_bytes(painting(seed=3)), "other.png"), ".toast button")

    assert begun.value.status == 201
    assert page.evaluate(NAMES) == ["house.png", "other.png"]


def test_the_chooser_left_without_a_file_can_be_undone(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    with_a_house(page, site_without_worker)

    page.locator("input[name=content]").set_input_files([])
    expect(page.locator(".toast")).to_contain_text("“house.png” was removed.")
    page.get_by_role("button", name="Undo", exact=True).click()

    assert page.evaluate(NAMES)[0] == "house.png"

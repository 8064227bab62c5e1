"""Whatever is removed or replaced in the studio comes back by Undo; a preset says what it changed, and goes again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture
from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str | None]:
    return page.locator(".inputs .drop").evaluate_all("all => all.map((each) => each.querySelector('img')?.alt ?? '')")


def test_every_removal_can_be_undone(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    here = make_picture(name="here.png")
    page = open_page()
    page.goto(f"{site_without_worker}/new/?style={here.pk}&styles=2")
    drop(page, "h1", as_bytes(photograph()), "house.png")
    expect(page.locator("[data-role=content] img")).to_have_attribute("alt", "house.png")
    drop(page, "h1", as_bytes(painting()), "second.png")
    expect(page.locator("[data-role=style_2] img")).to_have_attribute("alt", "second.png")
    page.locator("input[name=blend_2]").fill("0.4")
    undo, toast = page.get_by_role("button", name="Undo", exact=True), page.locator(".toast")
    before = ["house.png", "here.png", "second.png"]
    assert shown(page) == before

    page.get_by_role("button", name="Style 2: remove").click()
    expect(toast).to_contain_text("“second.png” was removed.")
    assert shown(page) == before[:2]
    undo.click()
    assert shown(page) == before
    expect(page.locator("input[name=blend_2]")).to_have_value("0.4")
    assert page.locator("input[name=style_2]").evaluate("input => input.files[0].name") == "second.png"

    page.get_by_role("button", name="Style 1: remove").click()
    page.get_by_role("link", name="Swap content and style").click()
    drop(page, "[data-role=style]", as_bytes(painting(seed=7)), "third.png")
    expect(toast).to_contain_text("“house.png” was replaced.")
    assert shown(page) == ["", "third.png", "second.png"]
    page.locator("h1").click()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator("input[name=style_id]")).to_have_value(str(here.pk))
    assert shown(page) == before

    drop(page, "h1", as_bytes(painting(seed=8)), "fourth.png")
    expect(toast).to_contain_text("All places are filled")
    assert shown(page) == before


def test_a_preset_says_what_it_changed_and_keeps_the_pictures(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=content]", as_bytes(photograph()), "house.png")
    strength, colours = page.locator("input[name=strength]"), page.locator("input[name=original_colors]")
    colours.check()
    page.locator("input[name=image_size]").fill("300")

    page.get_by_role("link", name="Bold").click()
    expect(strength).to_have_value("0.7")
    expect(colours).not_to_be_checked()
    expect(page.locator(".toast")).to_contain_text("Bold: Strength 0.5 → 0.7, Keep the content's colours on → off.")
    expect(page.get_by_role("link", name="Bold")).to_have_attribute("aria-current", "true")
    expect(page.locator("input[name=image_size]")).to_have_value("300")
    assert shown(page)[0] == "house.png"

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(strength).to_have_value("0.5")
    expect(colours).to_be_checked()

    page.get_by_text("From the cookbook").click()
    page.get_by_role("link", name="A painting from a photo").click()
    expect(page.locator(".toast")).to_contain_text("It was made for: a photo with clear shapes")

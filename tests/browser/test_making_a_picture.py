"""Somebody makes a picture in the studio: the preview follows the fields, and what is used lies in its place."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from gallery.models import Picture, Render

pytestmark = pytest.mark.browser


def opened(page: Page, site: str, place: str = "Content") -> Locator:
    """The panel in its dialog, with its first preview."""
    page.goto(f"{site}/new/?kind=style")
    page.get_by_role("link", name=f"{place}: create one").click()
    panel = page.locator("dialog.maker .making")
    panel.wait_for()
    return panel


def preview(panel: Locator) -> str:
    """The address of the preview that is shown, once it is one that a script asked for."""
    image = panel.locator("img.result")
    expect(image).to_have_attribute("src", re.compile("^blob:"))
    return image.get_attribute("src") or ""


def test_from_the_place_to_the_panel_and_back_and_nothing_is_painted(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    panel = opened(page, site_without_worker)
    before = preview(panel)

    panel.get_by_label("Seed").fill("7")
    expect(panel.locator("img.result")).not_to_have_attribute("src", before)
    expect(panel.get_by_role("link", name="Copy link")).to_have_attribute("href", re.compile("seed=7"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    panel.get_by_role("button", name="Use it").click()
    expect(page.locator("dialog.maker")).to_be_hidden()
    expect(page.locator("[data-role=content] .preview img")).to_be_visible()
    expect(page.locator("[name=content_id]")).to_have_value(str(Picture.objects.get().pk))
    expect(page.get_by_role("link", name="Content: create one")).to_be_focused()
    assert not Render.objects.exists()


def test_a_change_is_undone_and_another_seed_is_thrown(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    panel = opened(page, site_without_worker)
    seed, undo = panel.get_by_label("Seed"), panel.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    before = preview(panel)

    panel.get_by_role("link", name="Another").click()
    expect(seed).not_to_have_value("0")
    expect(panel.locator("img.result")).not_to_have_attribute("src", before)
    undo.click()
    expect(seed).to_have_value("0")
    expect(undo).to_be_disabled()


def test_by_keyboard_escape_closes_and_the_place_has_the_focus(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    link = page.get_by_role("link", name="Style: create one")
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog.maker .making")
    panel.wait_for()
    preview(panel)
    page.keyboard.press("Escape")

    expect(page.locator("dialog.maker")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_value_that_cannot_be_is_said_while_it_is_typed(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/make/clouds/")
    panel = page.locator("main .making")
    preview(panel)
    panel.get_by_label("Scale", exact=True).fill("900")

    expect(panel.locator(".remarks")).to_have_text("Scale cannot be “900” here: it is 64.0.")
    panel.get_by_label("Scale", exact=True).fill("8")
    expect(panel.locator(".remarks")).to_be_empty()
    expect(page).to_have_url(re.compile(r"/make/clouds/\?version=1&seed=0&scale=8$"))


def test_what_was_mended_in_a_link_is_said_until_something_is_changed(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/make/clouds/?version=9&seed=3")
    panel = page.locator("main .making")
    preview(panel)

    expect(panel.locator(".remarks")).to_contain_text("newer version")
    panel.get_by_label("Seed").fill("4")
    expect(panel.locator(".remarks")).to_be_empty()


def test_the_last_of_many_changes_is_what_is_shown(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    panel = opened(page, site_without_worker)
    preview(panel)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if ".webp?" in request.url else None)
    panel.get_by_label("Seed").evaluate(
        """async (field) => {
            for (let seed = 1; seed <= 30; seed++) {
                field.value = seed;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
        }"""
    )

    expect(panel.get_by_role("link", name="Copy link")).to_have_attribute("href", re.compile("seed=30$"))
    assert len(asked) < 30

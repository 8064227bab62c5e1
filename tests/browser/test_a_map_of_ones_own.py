"""Somebody brings a map in the studio's dialog, moves a field, and uses what comes of it: it fills its place itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.browser.test_making_a_picture import preview
from tests.transfer.synthesis.heightmaps import file_of, hills

pytestmark = pytest.mark.browser


def test_it_is_brought_once_and_the_preview_follows_and_its_place_is_filled_when_it_is_made(
    site: str, open_page: Callable[..., Page], tmp_path: Path, screen: tuple[int, int]
) -> None:
    (tmp_path / "hills.png").write_bytes(file_of(hills()))
    page = open_page(screen)
    page.goto(f"{site}/new/?kind=style")
    page.get_by_role("link", name="Style: create one").click()
    panel = page.locator("dialog.maker .making")
    panel.get_by_role("link", name="Your own map").click()
    panel.get_by_label("Your map").set_input_files(tmp_path / "hills.png")
    before = preview(panel)

    panel.get_by_label("Sea level", exact=True).fill("0.5")
    expect(panel.locator("img.result")).not_to_have_attribute("src", before)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    panel.get_by_role("button", name="Use it when it is made").click()
    expect(page.locator("dialog.maker")).to_be_hidden()
    place = page.locator("[data-role=style]")
    expect(place.locator(".preview")).not_to_be_empty()
    expect(place.locator(".preview img")).to_be_visible()
    row = Render.objects.get()
    expect(page.locator("[name=style_id]")).to_have_value(str(row.pk))
    assert row.recipe.sea == 0.5


def test_a_place_that_gets_another_picture_meanwhile_keeps_that(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/?kind=style")
    page.get_by_role("link", name="Content: create one").click()
    panel = page.locator("dialog.maker .making")
    preview(panel)
    panel.get_by_role("button", name="Make at 4096 px").click()
    place = page.locator("[data-role=content]")
    expect(place.get_by_text("It waits in the queue")).to_be_visible()

    page.locator("input[name=content]").set_input_files(picture_files[0])
    expect(place.get_by_text("It waits in the queue")).to_be_hidden()
    Render.objects.update(status="failed")
    page.wait_for_timeout(900)
    expect(place.locator(".preview img")).to_be_visible()
    expect(place.get_by_text("It was not made")).to_be_hidden()

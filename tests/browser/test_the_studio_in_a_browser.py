"""The studio off the straight path: errors keep files, and dropping, pasting and no scripts all work."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import drop, paste
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser


def test_a_wrong_field_says_why_and_the_chosen_files_stay(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], tmp_path: Path
) -> None:
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(text)
    expect(page.locator("[data-role=style] .errors")).to_contain_text("“notes.png” is not a picture")
    page.locator("input[name=image_size]").fill("100000")
    page.get_by_role("button", name="Render").click()

    expect(page.locator("[data-role=style] .errors")).to_contain_text("Choose a style picture.")
    expect(page.locator("[data-field=image_size] .errors")).not_to_be_empty()
    expect(page.locator("[data-role=content] .errors")).to_be_empty()

    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.locator("input[name=image_size]").fill("64")
    page.get_by_role("button", name="Render").click()
    page.wait_for_url(re.compile(r"/renders/"))


def test_pictures_can_be_dropped_and_pasted(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=style]", as_bytes(painting()))
    expect(page.locator("[data-role=style] .preview img")).to_have_attribute("alt", "dropped.png")
    paste(page, as_bytes(painting()))
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "pasted.png")


def test_without_scripts_a_render_is_submitted_and_its_page_refreshes_until_it_is_finished(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.locator("input[name=image_size]").fill("128")
    page.get_by_role("button", name="Render").click()
    page.wait_for_url(re.compile(r"/renders/"))
    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()

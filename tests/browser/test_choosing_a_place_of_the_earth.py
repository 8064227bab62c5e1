"""A place is chosen by its picture, and what was made is downloaded on the same page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_making_a_picture import preview

pytestmark = pytest.mark.browser


def test_its_picture_is_pressed_the_preview_follows_and_its_files_are_there(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    panel = page.locator("main .making")
    sahara = panel.get_by_role("button", name="The Sahara", exact=True)
    with page.expect_response(re.compile("places.webp")) as pictures:
        page.goto(f"{site_without_worker}/make/earth/")
        sahara.scroll_into_view_if_needed()
    assert pictures.value.ok
    before = preview(panel)

    sahara.click()
    expect(panel.get_by_label("Place", exact=True)).to_have_value("sahara")
    expect(panel.locator("img.result")).not_to_have_attribute("src", before)
    expect(sahara).to_have_attribute("aria-pressed", "true")

    address = page.url
    panel.get_by_role("button", name="Download").click()
    files = panel.get_by_role("region", name="Downloads")
    expect(files.get_by_role("link", name="All as ZIP")).to_be_visible()
    with page.expect_download() as file:
        files.get_by_role("link", name="Picture", exact=True).click()
    assert file.value.suggested_filename.endswith(".png")
    assert page.url == address

    panel.get_by_label("West", exact=True).evaluate(
        "(field) => field.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    expect(files).to_be_hidden()

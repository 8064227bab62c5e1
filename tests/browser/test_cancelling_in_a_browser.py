"""Somebody changes their mind while a render is painted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_render_under_way_is_cancelled_and_can_be_tried_again(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.locator("summary").filter(has_text="Painting").click()
    page.locator("input[name=num_iterations]").fill("2000")
    page.get_by_role("button", name="Render").click()
    expect(page.locator(".stage img[src*='frame.jpg']")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("This render was cancelled.")).to_be_visible()
    expect(page.get_by_alt_text("The picture as it was when the render was cancelled")).to_be_visible()
    page.get_by_role("link", name="Remix").click()
    expect(page.locator("input[name=num_iterations]")).to_have_value("2000")
    expect(page.locator(".drop .preview img")).to_have_count(2)
    page.goto(f"{site}/queue/")
    expect(page.get_by_text("The queue is empty.")).to_be_visible()

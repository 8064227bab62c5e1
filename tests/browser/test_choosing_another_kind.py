"""Another kind of work keeps the pictures that were chosen, also those that the site does not have yet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture

pytestmark = pytest.mark.browser


def test_files_and_size_go_along_and_back_leads_to_the_kind_before(
    site_without_worker: str,
    open_page: Callable[..., Page],
    picture_files: tuple[Path, Path],
    make_picture: Callable[..., Picture],
    screen: tuple[int, int],
) -> None:
    content, _ = picture_files
    style = make_picture(name="strokes.png")
    page = open_page(screen)
    page.add_init_script("localStorage.setItem('stylesite-live-preview', 'off')")  # or else it stores the file
    page.goto(f"{site_without_worker}/new/?styles=2&style_2={style.pk}")
    page.locator("input[name=content]").set_input_files(content)
    expect(page.locator("[data-role=content] img")).to_have_attribute("alt", content.name)
    page.locator("[name=image_size]").fill("320")

    page.locator(".kinds").get_by_role("link", name="Instant").click()

    page.wait_for_url("**/new/?kind=instant**")
    expect(page.locator("[data-role=content] img")).to_have_attribute("alt", content.name)
    assert page.locator("input[name=content]").evaluate("input => input.files[0].name") == content.name
    expect(page.locator("[name=style_2_id]")).to_have_value(str(style.pk))
    expect(page.locator("[name=image_size]")).to_have_value("320")
    expect(page.get_by_text("was replaced")).to_have_count(0)

    page.locator(".kinds").get_by_role("link", name="Dream Bring").click()
    page.wait_for_url("**/new/?kind=dream**")
    expect(page.locator("[data-role=content] img")).to_have_attribute("alt", content.name)
    expect(page.locator(".kinds [aria-current]")).to_be_in_viewport()

    page.go_back()
    page.wait_for_url("**/new/?kind=instant**")
    expect(page.locator(".kinds [aria-current]")).to_contain_text("Instant")

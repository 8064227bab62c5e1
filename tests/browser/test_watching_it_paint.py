"""Somebody watches a render, rung by rung, to its end or until it is good enough."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def submit(page: Page, site: str, files: tuple[Path, Path], size: int, iterations: int) -> None:
    """Fills in the studio and presses Render."""
    page.goto(f"{site}/new/?image_size={size}")
    page.locator("input[name=content]").set_input_files(files[0])
    page.locator("input[name=style]").set_input_files(files[1])
    for name, value in (("image_size", size), ("num_iterations", iterations)):
        page.locator(f"[name={name}]").evaluate("(field, value) => { field.value = value; }", str(value))
    page.get_by_role("button", name="Render").click()
    page.wait_for_url("**/renders/*/")


def test_the_page_shows_rungs_and_loss_and_becomes_the_result(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    submit(page, site, picture_files, 181, 800)

    rungs = page.get_by_role("list", name="Sizes on the way").get_by_role("listitem")
    expect(rungs).to_have_text(["128", "181"])
    expect(page).to_have_title(re.compile(r"^\d+% · House × Strokes · Stylesite$"))
    expect(page.locator(".stage img[src*='frame.jpg']")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("from its goals .loss.: .* at first, .* now"))).to_be_visible()
    expect(page.locator(".curve path").nth(1)).to_have_attribute("d", re.compile(r"^M0,.*L"))
    expect(page.locator(".rungs [aria-current=step]")).to_have_text("181")
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]

    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()
    expect(page).to_have_title("House × Strokes · Stylesite")


def test_what_is_good_enough_is_kept(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    submit(page, site, picture_files, 512, 2000)
    keep = page.get_by_role("button", name="Stop and keep this")
    expect(keep).to_be_enabled()

    keep.press("Enter")

    expect(page.get_by_text(re.compile(r"Stopped early, at step \d+ of 2000 at 128 px"))).to_be_visible()
    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()

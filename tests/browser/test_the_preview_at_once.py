"""While somebody moves a slider, the studio shows an instant picture of it; then a worker's preview."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from gallery.processes.parts import Part

pytestmark = pytest.mark.browser


def test_the_picture_follows_a_slider_before_any_worker_paints(
    site_without_worker: str,
    resident: Part,
    open_page: Callable[..., Page],
    picture_files: tuple[Path, Path],
    screen: tuple[int, int],
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    image = page.locator(".live-preview img")
    first = _after_a_move(page, 0.3, "")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256
    assert _after_a_move(page, 0.8, first) != first
    assert not Render.objects.lasting().exists()


def test_the_preview_of_a_worker_takes_its_place(
    site: str, resident: Part, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site}/new/")
    page.locator("summary", has_text="Painting").click()
    page.locator("input[name=num_iterations]").fill("3")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    image = page.locator(".live-preview img")
    expect(image).to_have_attribute("alt", "The preview")
    assert str(image.get_attribute("src")).startswith("data:")


def _after_a_move(page: Page, strength: float, before: str) -> str:
    """The address of the instant picture after the slider was moved; a busy machine may need more than one move."""
    image, found = page.locator(".live-preview img"), before
    for number in range(60):
        page.locator("[data-field=strength] input[type=number]").fill(f"{strength + number / 1000:.3f}")
        page.wait_for_timeout(2000)
        found = str(image.get_attribute("src"))
        if image.get_attribute("alt") == "An instant preview" and found != before:
            return found
    raise AssertionError("there is no instant picture")

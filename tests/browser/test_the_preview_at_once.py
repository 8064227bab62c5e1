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
    expect(image).to_have_attribute("alt", "The preview at once")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256

    first = str(image.get_attribute("src"))
    page.locator("[data-field=strength] input[type=number]").fill("0.1")
    expect(image).not_to_have_attribute("src", first)
    expect(image).to_have_attribute("alt", "The preview at once")
    assert not Render.objects.lasting().exists()


def test_the_preview_of_a_worker_takes_its_place(
    site: str, resident: Part, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site}/new/")
    page.locator("summary", has_text="Painting").click()
    page.locator("summary", has_text="Painting").click()
    page.locator("input[name=num_iterations]").fill("3")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    image = page.locator(".live-preview img")
    expect(image).to_have_attribute("alt", "The preview")
    assert str(image.get_attribute("src")).startswith("data:")

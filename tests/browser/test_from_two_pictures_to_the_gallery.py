"""The main job, as a person does it: choose two pictures, press Render, watch it paint, find it in the gallery."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_person_uploads_two_pictures_watches_the_render_and_finds_it_in_the_gallery(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(site)
    page.get_by_role("link", name="use pictures of your own").click()
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    expect(page.locator(".drop .preview img")).to_have_count(2)
    page.locator("input[name=image_size]").fill("480")
    page.get_by_role("button", name="Render", exact=True).click()

    page.wait_for_url(re.compile(r"/renders/[0-9a-f-]{36}/$"))
    expect(page.locator(".stage img[src*='frame.jpg']")).to_be_visible()
    expect(page.locator(".rungs [aria-current]")).to_have_text(re.compile(r"^(128|181|256|362|480)$"))

    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()
    output = page.locator(".viewer img.picture")
    assert output.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [480, 360]
    expect(page.get_by_role("row", name=re.compile("^Size.*480"))).to_be_visible()

    page.get_by_label("Main").get_by_role("link", name="Gallery").click()
    card = page.locator("article.card")
    expect(card).to_have_count(1)
    expect(card.locator("img")).to_have_count(3)


def test_no_page_is_wider_than_the_window(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.locator("input[name=image_size]").fill("96")
    page.get_by_role("button", name="Render", exact=True).click()
    expect(page.get_by_role("link", name="Download PNG")).to_be_visible()
    addresses = [page.url, page.get_by_role("link", name="All renders of these pictures").get_attribute("href")]
    for address in [*addresses, "/", "/new/", "/queue/", "/pictures/", "/nowhere/"]:
        page.goto(address if str(address).startswith("http") else f"{site}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address

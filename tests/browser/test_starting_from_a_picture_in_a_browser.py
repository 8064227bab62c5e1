"""The studio's place for a picture to start from appears where it is asked for, and what is in it is used."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from gallery.queueing.order import Order

pytestmark = pytest.mark.browser


def open_studio(page: Page, site: str, pictures: tuple[Path, Path]) -> None:
    page.goto(f"{site}/new/")
    for name, file in zip(("content", "style"), pictures, strict=True):
        page.locator(f"input[name={name}]").set_input_files(file)
    page.locator("input[name=image_size]").fill("64")
    page.locator("summary", has_text="Painting").click()


def submitted(page: Page) -> Order:
    page.get_by_role("button", name="Render").click()
    page.wait_for_url(re.compile(r"/renders/"))
    return Order.of(Render.objects.lasting().get())


def test_its_place_appears_and_a_missing_picture_is_asked_for_there(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    open_studio(page, site_without_worker, picture_files)
    place = page.locator("[data-role=start]")
    expect(place).to_be_hidden()

    page.get_by_label("Start from", exact=True).select_option("picture")
    expect(place).to_be_visible()
    page.get_by_role("button", name="Render").click()
    expect(place.locator(".errors")).to_contain_text("Choose a picture to start from.")

    page.locator("input[name=start]").set_input_files(picture_files[1])
    expect(place.locator(".preview img")).to_have_attribute("alt", "strokes.png")
    order = submitted(page)
    assert (order.recipe.init, str(order.start)) == ("picture", "strokes.png")
    assert len(order.styles) == 1


def test_who_changes_their_mind_does_not_start_from_it(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    open_studio(page, site_without_worker, picture_files)
    page.get_by_label("Start from", exact=True).select_option("picture")
    page.locator("input[name=start]").set_input_files(picture_files[1])
    page.get_by_label("Start from", exact=True).select_option("content")

    order = submitted(page)
    assert (order.recipe.init, order.start) == ("content", None)


def test_it_is_chosen_from_the_gallery_and_styles_are_added_beside_it(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    open_studio(page, site_without_worker, picture_files)
    first = submitted(page)
    page.goto(f"{site_without_worker}/new/?from={Render.objects.lasting().get().pk}")
    page.locator("summary", has_text="Painting").click()
    page.get_by_label("Start from", exact=True).select_option("picture")
    page.get_by_label("Start: from the gallery").click()
    page.locator(f".picker .choice[data-id='{first.content.pk}']").click()
    page.get_by_role("link", name="Add a style").click()
    expect(page.locator(".inputs .drop")).to_have_count(3)
    page.locator("input[name=style_2]").set_input_files(picture_files[0])
    Render.objects.all().delete()

    order = submitted(page)
    assert order.start == first.content
    assert len(order.styles) == 2


def test_without_a_script_its_place_is_there_and_a_file_in_it_is_started_from(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page(java_script_enabled=False)
    open_studio(page, site_without_worker, picture_files)
    page.locator("input[name=start]").set_input_files(picture_files[1])

    order = submitted(page)
    assert (order.recipe.init, str(order.start)) == ("picture", "strokes.png")

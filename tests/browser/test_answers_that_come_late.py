"""An answer that comes after a newer question is not shown: the last that somebody asked for counts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gallery.models import Picture, Render
from tests.browser.dropping import at_once, drop
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.metadata import encode
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser
MOMENT = 300  # milliseconds in which what is late would be shown


def finished(strength: float) -> bytes:
    return encode(painting((64, 48)), made_up(recipe=StyleRecipe(strength=strength)))


def test_the_recipe_that_was_opened_last_is_filled_in(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.route("**/new/recall/", lambda route: route.continue_() if held else held.append(route))
    files = [{"name": f"{part}.png", "mimeType": "image/png", "buffer": finished(part)} for part in (0.2, 0.8)]
    with page.expect_request("**/new/recall/"):
        page.locator("#id_finished").set_input_files(files[0])
    page.locator("#id_finished").set_input_files(files[1])
    expect(page.locator("input[name=strength]")).to_have_value("0.8")

    with page.expect_response("**/new/recall/"):
        held[0].continue_()
    page.wait_for_timeout(MOMENT)
    expect(page.locator("input[name=strength]")).to_have_value("0.8")


def test_the_choice_that_cannot_be_loaded_closes_no_other(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    make_picture()
    held: list[Route] = []
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.route("**/new/choose/**for=content", lambda route: held.append(route))
    with page.expect_request("**/new/choose/**for=content"):
        page.get_by_role("link", name="Content: from the gallery").click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Style: from the gallery").click()
    expect(page.locator(".picker [name=for]")).to_have_value("style")

    held[0].abort()
    page.wait_for_timeout(MOMENT)
    expect(page.locator(".picker")).to_be_visible()


def test_a_preview_that_is_switched_off_while_it_is_sent_is_not_asked_about(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    held: list[Route] = []
    page, asked = open_page(), list[str]()
    page.goto(f"{site_without_worker}/new/")
    page.on("request", lambda request: asked.append(request.method) if "/new/preview/" in request.url else None)
    page.route("**/new/preview/", lambda route: held.append(route))
    with page.expect_request("**/new/preview/"):
        for place in ("content", "style"):
            drop(page, f"[data-role={place}]", as_bytes(painting()), f"{place}.png")
    page.get_by_label("Live preview").uncheck()

    with page.expect_request(lambda request: request.method == "DELETE"):
        held[0].continue_()
    page.wait_for_timeout(MOMENT)
    assert asked == ["POST", "DELETE"]
    expect(page.locator(".live-preview .says")).to_be_empty()
    assert not Render.objects.filter(status="pending").exists()


def test_a_recipe_without_its_pictures_ends_the_preview_of_the_one_before(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    with page.expect_response("**/new/preview/") as begun:
        for place in ("content", "style"):
            drop(page, f"[data-role={place}]", as_bytes(painting()), f"{place}.png")
    assert begun.value.status == 201

    with page.expect_request(lambda request: request.method == "DELETE"):
        drop(page, "h1", finished(0.8), "finished.png")
    expect(page.locator(".live-preview .says")).to_have_text("It starts once the pictures are there.")


def test_a_picture_that_is_dropped_after_a_recipe_belongs_to_that(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")

    at_once(page, ("h1", finished(0.8), "finished.png"), ("h1", as_bytes(painting()), "strokes.png"))

    expect(page.locator("input[name=strength]")).to_have_value("0.8")
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "strokes.png")
    expect(page.locator(".toast")).to_contain_text(re.compile("filled in"))

"""What a panel makes goes to the place that it was opened for; closed, or showing something else by then, to none."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gallery.models import Picture, Render
from tests.browser.dropping import drop
from tests.browser.test_making_a_picture import opened, preview
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser


def test_it_is_closed_and_another_place_asks(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = open_page()
    panel = opened(page, site_without_worker)
    preview(panel)
    page.route("**/make/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request(lambda request: request.method == "POST" and "/make/" in request.url):
        panel.get_by_role("button", name="Use it").click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Style: create one").click()
    panel.wait_for()
    held[0].continue_()
    page.wait_for_timeout(1000)  # in which what was made would come
    expect(page.locator(".drop .preview img")).to_have_count(0)
    page.unroute("**/make/**")

    panel.get_by_role("button", name="Use it").click()
    expect(page.locator("[data-role=style] .preview img")).to_be_visible()
    expect(page.locator("[data-role=content] .preview img")).to_have_count(0)


def test_the_generator_that_was_chosen_last_is_shown(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    held: list[Route] = []
    page = open_page()
    panel = opened(page, site_without_worker)
    preview(panel)
    page.route(re.compile(r"/make/clouds/"), lambda route: held.append(route))
    panel.get_by_role("link", name=re.compile("Clouds")).click()
    panel.get_by_role("link", name=re.compile("Flow")).click()
    expect(page.locator("dialog.maker .making")).to_have_attribute("action", re.compile("/make/flow/"))

    with page.expect_response(re.compile(r"/make/clouds/")):
        held[0].continue_()
    page.wait_for_timeout(300)  # in which it would be shown
    expect(page.locator("dialog.maker .making")).to_have_attribute("action", re.compile("/make/flow/"))


def test_a_panel_that_cannot_be_loaded_says_so(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    panel = opened(page, site_without_worker)
    preview(panel)
    page.route(re.compile(r"/make/clouds/"), lambda route: route.fulfill(status=502, body="<p>away</p>"))

    panel.get_by_role("link", name=re.compile("Clouds")).click()

    expect(panel.locator(".said")).to_have_text("The site cannot be reached: try again.")


def waiting_for_one(page: Page, site: str) -> None:
    """A content that waits in the queue."""
    panel = opened(page, site)
    preview(panel)
    panel.get_by_role("button", name="Make at 4096 px").click()
    expect(page.locator("[data-role=content]").get_by_text("It waits in the queue")).to_be_visible()


def test_a_picture_that_is_made_comes_where_its_place_was_swapped_to(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    made = make_picture(name="made.png")
    page = open_page()
    waiting_for_one(page, site_without_worker)
    drop(page, "[data-role=style]", as_bytes(painting()), "strokes.png")
    expect(page.locator("[data-role=style] .preview img")).to_be_visible()
    page.get_by_role("link", name="Swap content and style").click()
    expect(page.locator("[data-role=style]").get_by_text("It waits in the queue")).to_be_visible()

    page.route(
        "**/new/?kind=style&content=*",
        lambda route: route.continue_(url=f"{site_without_worker}/new/?content={made.pk}"),
    )
    page.route("**/status.json", lambda route: route.fulfill(json={"status": "completed"}))

    expect(page.locator("[data-role=style] .preview img")).to_have_attribute("alt", "made.png")
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "strokes.png")


def test_undo_brings_back_a_picture_that_is_being_made(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    waiting_for_one(page, site_without_worker)
    drop(page, "[data-role=content]", as_bytes(painting()), "strokes.png")
    expect(page.locator("[data-role=content] .preview img")).to_be_visible()
    page.wait_for_timeout(900)  # longer than from one look at the queue to the next
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("[data-role=content]").get_by_text("It waits in the queue")).to_be_visible()

    Render.objects.update(status="failed")

    expect(page.locator("[data-role=content]").get_by_text("It was not made")).to_be_visible()

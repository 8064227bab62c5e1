"""What is sent while a file is judged is what would be sent later: the copy of a large one, and nothing refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.browser.dropping import at_once, drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser
RENDER = ".submit .primary"


def with_pictures(page: Page, site: str) -> None:
    page.goto(f"{site}/new/")
    for place, picture in (("content", photograph()), ("style", painting())):
        drop(page, f"[data-role={place}]", as_bytes(picture), f"{place}.png")
        expect(page.locator(f"[data-role={place}] .preview img")).to_be_visible()
    page.locator("input[name=image_size]").fill("64")


def test_the_copy_of_a_large_picture_is_sent(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    with_pictures(page, site_without_worker)

    large = as_bytes(painting((300, 200))) + b"\0" * (21 * 2**20)
    at_once(page, ("[data-role=content]", large, "large.png"), RENDER)

    page.wait_for_url("**/renders/**")
    assert Render.objects.lasting().get().inputs.get(role="content").picture.name == "large.png"


def test_a_file_that_is_refused_stops_it(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page, sent = open_page(), list[str]()
    with_pictures(page, site_without_worker)
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    at_once(page, ("[data-role=content]", b"just some notes", "notes.png"), RENDER)

    expect(page.locator("[data-role=content] .errors")).to_contain_text("“notes.png” is not a picture")
    page.wait_for_timeout(300)  # in which it would be sent
    assert not [address for address in sent if address.endswith("/new/")]

    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url("**/renders/**")
    assert Render.objects.lasting().get().inputs.get(role="content").picture.name == "content.png"

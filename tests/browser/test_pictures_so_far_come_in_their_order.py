"""Whoever watches a render sees its newest picture, also where an older one takes longer to come."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gallery.models import Render, Status
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser


def test_an_older_one_that_comes_later_is_not_shown(
    site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render]
) -> None:
    held: list[Route] = []
    render, number = make_finished(status=Status.IN_PROGRESS), [1]
    page = open_page()

    def tell(route: Route) -> None:
        state = route.fetch().json()
        state["progress"]["preview"] = f"/frame-{number[0]}.png"
        route.fulfill(json=state)

    page.route("**/status.json", tell)
    page.route("**/frame-1.png", lambda route: held.append(route))
    page.route("**/frame-2.png", lambda route: route.fulfill(body=as_bytes(painting()), content_type="image/png"))
    with page.expect_request("**/frame-1.png"):
        page.goto(f"{site_without_worker}/renders/{render.id}/")
    number[0] = 2
    picture = page.locator(".render .picture")
    expect(picture).to_have_attribute("src", f"{site_without_worker}/frame-2.png")

    held[0].fulfill(body=as_bytes(painting(seed=1)), content_type="image/png")
    page.wait_for_timeout(300)  # in which it would be shown
    expect(picture).to_have_attribute("src", f"{site_without_worker}/frame-2.png")

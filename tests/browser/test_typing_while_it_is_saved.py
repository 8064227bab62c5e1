"""What somebody types into a form while its text is being saved is there when the form opens again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from gallery.models import Render

pytestmark = pytest.mark.browser


def test_it_comes_back(
    site_without_worker: str,
    alices_page: Page,
    alice: User,
    make_finished: Callable[..., Render],
) -> None:
    held: list[Route] = []
    page = alices_page
    page.goto(site_without_worker + make_finished(alice).get_absolute_url())
    page.get_by_role("link", name="Edit title and tags").click()
    title = page.get_by_label("Title")
    title.fill("A river")
    page.route("**/edit/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_role("button", name="Save").click()
    title.fill("A river in the evening")
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("A river")

    page.get_by_role("link", name="Edit title and tags").click()
    expect(title).to_have_value("A river in the evening")
    expect(page.locator("[data-restored]")).to_be_visible()

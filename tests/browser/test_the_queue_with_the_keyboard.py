"""The queue page comes anew every two seconds and with every button, and the keyboard stays where it was."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from gallery.models import Render

pytestmark = pytest.mark.browser


def test_renders_are_moved_and_paused_without_losing_the_focus(
    site: str,
    open_page: Callable[..., Page],
    alice: User,
    alices_browser: Client,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
) -> None:
    wait_for(make_render(alice, image_size=1024, num_iterations=2000).id, "in_progress")
    first, second = (make_render(alice, image_size=1024, num_iterations=2000) for _ in range(2))
    page = open_page()
    session = alices_browser.cookies["stylesite_session"].value
    page.context.add_cookies([{"name": "stylesite_session", "value": session, "url": site}])
    page.goto(f"{site}/queue/")

    page.locator(f"#up-{second.id}").focus()
    page.keyboard.press("Enter")

    expect(page.locator("li", has=page.locator(f"#render-{second.id}"))).to_contain_text("number 1 of 2")
    with page.expect_response("**/queue/"):  # the next refresh
        pass
    expect(page.locator(f"#up-{second.id}")).to_be_focused()
    assert list(Render.objects.waiting()) == [second, first]

    page.locator(f"#pause-{first.id}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#pause-{first.id}")).to_have_text("Resume")
    expect(page.locator(f"#pause-{first.id}")).to_be_focused()
    assert Render.objects.paused().get() == first

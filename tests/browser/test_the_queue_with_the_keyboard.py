"""The queue page refreshes every two seconds and after every button, and the keyboard focus stays where it was."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from gallery.models import Render, Status
from tests.browser.conftest import log_in

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
    log_in(page, alices_browser, site)
    page.goto(f"{site}/queue/")

    page.locator(f"#up-{second.id}").focus()
    page.keyboard.press("Enter")

    expect(page.locator("li", has=page.locator(f"#render-{second.id}"))).to_contain_text("number 1 of 2")
    with page.expect_response("**/queue/"):  # the next refresh
        pass
    expect(page.locator(f"#up-{second.id}")).to_be_focused()
    assert list(Render.objects.waiting()) == [second, first]

    expect(page.get_by_role("status").filter(has_text="Now number 1 of 2 waiting")).to_have_count(1)

    page.locator(f"#pause-{first.id}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#pause-{first.id}")).to_have_text("Resume")
    expect(page.locator(f"#pause-{first.id}")).to_be_focused()
    assert Render.objects.paused().get() == first

    page.locator(f"#cancel-{first.id}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#render-{first.id}")).to_have_count(0)
    expect(page.locator(f"#render-{second.id}")).to_be_focused()


def test_a_row_is_dragged_to_where_another_one_is_and_the_page_rests_while_hidden(
    site_without_worker: str,
    alices_page: Page,
    alice: User,
    make_finished: Callable[..., Render],
) -> None:
    rows = [make_finished(alice, status=Status.PENDING) for _ in range(3)]
    page = alices_page
    page.goto(f"{site_without_worker}/queue/")

    page.locator(f"#row-{rows[2].id} .grip").hover()
    page.mouse.down()
    page.locator(f"#row-{rows[0].id}").hover(force=True)
    page.mouse.up()

    expect(page.locator("#queue-waiting li").first).to_have_id(f"row-{rows[2].id}")
    assert list(Render.objects.waiting()) == [rows[2], rows[0], rows[1]]

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, writable: true })")
    with page.expect_event("console", lambda message: message.text == "polled"):
        page.evaluate(
            """document.addEventListener("htmx:beforeRequest", (event) => {
                if (event.defaultPrevented) console.log("polled");
            })"""
        )
    assert not asked
    with page.expect_response("**/queue/"):
        page.evaluate("document.hidden = false; document.dispatchEvent(new Event('visibilitychange'))")

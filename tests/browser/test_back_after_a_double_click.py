"""A dialog that is asked for twice is open once, so once it is closed, Back leads to the page before the studio."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import at_once

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("link", ["browse", "make"])
def test_the_page_before(site_without_worker: str, open_page: Callable[..., Page], link: str) -> None:
    page = open_page(bypass_csp=True)  # so that it can be waited for what the history says
    page.goto(f"{site_without_worker}/cookbook/")
    page.goto(f"{site_without_worker}/new/")
    asked = f"[data-role=content] .{link}"
    at_once(page, asked, asked)
    dialog = page.locator("dialog:modal")
    expect(dialog).to_be_visible()
    page.wait_for_function("history.state?.dialog")
    dialog.get_by_role("button", name="Close").first.click()
    page.wait_for_function("!history.state?.dialog")

    page.go_back()
    page.wait_for_url("**/cookbook/")

"""A form that has just come works at once: somebody who is quick leaves it, and not the page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from gallery.models import Render

pytestmark = pytest.mark.browser

CANCEL_AT_ONCE = """() => {
  window.isSamePage = true;
  new MutationObserver((changes, observer) => {
    const cancel = document.querySelector("[data-cancel]");
    if (cancel) { observer.disconnect(); cancel.click(); }
  }).observe(document.querySelector("aside"), { childList: true, subtree: true });
}"""


def test_cancelling_it_at_once_stays_on_the_page(
    site_without_worker: str, alices_page: Page, alice: User, make_finished: Callable[..., Render]
) -> None:
    page = alices_page
    page.goto(f"{site_without_worker}/renders/{make_finished(alice).id}/")
    page.evaluate(CANCEL_AT_ONCE)

    with page.expect_response("**/renders/**"):
        page.get_by_role("link", name="Edit title and tags").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_label("Title")).to_be_hidden()

    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.isSamePage")

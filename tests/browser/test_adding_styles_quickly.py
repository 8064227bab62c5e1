"""Two quick clicks add two styles, with fields of their own; a place that goes meanwhile leaves no gap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import at_once

pytestmark = pytest.mark.browser
ROLES = "() => [...document.querySelectorAll('.inputs .drop')].map(({ dataset }) => dataset.role)"
ADD = ".studio .add"


def test_each_has_its_own_number(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")

    at_once(page, ADD, ADD)

    expect(page.locator(".inputs .drop")).to_have_count(4)
    assert page.evaluate(ROLES) == ["content", "style", "style_2", "style_3"]


def test_one_that_goes_meanwhile_leaves_no_gap(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/?styles=2")

    with page.expect_response("**/new/?styles=2"):  # it is asked for again
        at_once(page, ADD, '[data-role="style_2"] .clear')

    expect(page.locator(".inputs .drop")).to_have_count(3)
    assert page.evaluate(ROLES) == ["content", "style", "style_2"]

"""The admin has the site's ground, letters and sign, on light and on dark grounds."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser
LOOK = "element => { const { backgroundColor, color } = getComputedStyle(element); return [backgroundColor, color]; }"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_header_is_as_the_sites_pages_are(
    site_without_worker: str, open_page: Callable[..., Page], admin_client: Client, scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    log_in(page, admin_client, site_without_worker)
    page.goto(f"{site_without_worker}/cookbook/")
    site = page.locator("html").evaluate(LOOK)

    page.goto(f"{site_without_worker}/admin/")

    assert page.locator("#header").evaluate(LOOK)[0] == site[0]
    assert page.locator("#site-name a").evaluate(LOOK)[1] == site[1]
    assert page.locator("#site-name img").evaluate("image => image.naturalWidth") > 0

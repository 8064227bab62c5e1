"""Content and style may be swapped while the browser still looks at what was dropped: files go with previews."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser

SWAP = "document.querySelector('.studio .swap').click()"
FILE = "place => document.querySelector(`[data-role=${place}] [type=file]`).files[0].name"
SWAP_WHEN_JUDGED = """new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-role=content] .preview img')) return;
  observer.disconnect();
  document.querySelector('.studio .swap').click();
}).observe(document.querySelector('[data-role=content]'), { childList: true, subtree: true })"""


@pytest.mark.parametrize("swap_first", [False, True], ids=["after the drop", "as soon as it is shown"])
def test_files_and_previews_stay_together(
    site_without_worker: str, open_page: Callable[..., Page], swap_first: bool
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    if swap_first:
        page.evaluate(SWAP_WHEN_JUDGED)
    drop(page, "[data-role=style]", as_bytes(photograph((1600, 1200))), "house.png")
    drop(page, "[data-role=content]", as_bytes(painting()), "strokes.png")
    if not swap_first:
        page.evaluate(SWAP)
    for place, name in {"content": "house.png", "style": "strokes.png"}.items():
        expect(page.locator(f"[data-role={place}] .preview img")).to_have_attribute("alt", name)
        assert page.evaluate(FILE, place) == name
    expect(page.locator(".plan")).to_contain_text("at 512 × 384 px")

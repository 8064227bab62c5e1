"""The buttons beside a result have their words on one line, and those with a time beneath them on two."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gallery.models import Render

pytestmark = pytest.mark.browser
HEIGHTS = (
    "all => all.filter((each) => each.checkVisibility()).map((each) => [each.textContent.trim(), each.offsetHeight])"
)
ONE_LINE = 48  # pixels: the height of a button of one line at most


def test_no_words_are_broken(
    site_without_worker: str,
    open_page: Callable[..., Page],
    make_finished: Callable[..., Render],
    screen: tuple[int, int],
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/renders/{make_finished().pk}/")

    heights = page.locator(".result aside :is(.button:not(:has(small)), .uses a)").evaluate_all(HEIGHTS)

    assert {"Before and after", "Slider clip", "Use as content"} <= {words for words, _ in heights}
    assert [words for words, height in heights if height > ONE_LINE] == []


def test_what_it_can_be_compared_with_is_not_cut(
    alices_page: Page, site_without_worker: str, make_finished: Callable[..., Render]
) -> None:
    alices_page.goto(f"{site_without_worker}/renders/{make_finished(title='A boat').pk}/")

    wide, needed = alices_page.locator("[aria-label='Compare with']").evaluate(
        """(select) => {
          const free = select.cloneNode(true);
          Object.assign(free.style, { position: "absolute", width: "auto", maxWidth: "none" });
          select.after(free);
          return [select.offsetWidth, free.offsetWidth];
        }"""
    )

    assert wide >= needed

"""The cookbook's cards have their titles, texts and buttons at the same heights, however long their texts are."""

from collections import defaultdict

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PARTS = (".pair", ".of", "h3", "h3 + p", ".actions")


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_parts_of_cards_in_a_row_are_level(alices_page: Page, site_without_worker: str, width: int) -> None:
    alices_page.set_viewport_size({"width": width, "height": 900})
    alices_page.goto(f"{site_without_worker}/cookbook/")

    cards = alices_page.locator("#of-style ~ .presets .preset").evaluate_all(
        "(all, parts) => all.map((card) => parts.map((part) => card.querySelector(part).getBoundingClientRect().y))",
        PARTS,
    )

    rows = defaultdict[float, set[tuple[float, ...]]](set)
    for card in cards:
        rows[card[0]].add(tuple(round(y) for y in card))
    assert len(rows) < len(cards)
    assert all(len(heights) == 1 for heights in rows.values())


def test_kinds_with_few_recipes_share_a_row(alices_page: Page, site_without_worker: str) -> None:
    alices_page.goto(f"{site_without_worker}/cookbook/")

    tops = alices_page.locator(".of-kind").evaluate_all("all => all.map((each) => each.getBoundingClientRect().y)")

    assert len(set(tops)) <= len(tops) // 2

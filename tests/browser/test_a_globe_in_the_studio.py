"""The studio says of a content that goes round what becomes of it, and stops saying so once the content is another."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.accounts.person import Person
from gallery.pictures import making
from transfer.synthesis.recipes.land import WorldRecipe

pytestmark = pytest.mark.browser


def test_it_can_be_left_a_seam(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    globe = making.keep(WorldRecipe(image_size=128, shape="2:1", wraps=True), Person(None, "v"))
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/?content={globe.pk}")
    box = page.get_by_label("Leave the seam")
    expect(box).to_be_visible()
    expect(box).not_to_be_checked()
    box.check()
    expect(box).to_be_checked()
    page.get_by_role("button", name="Content: remove").click()
    expect(box).to_be_hidden()

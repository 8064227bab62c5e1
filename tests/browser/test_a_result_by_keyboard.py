"""People like, mark and describe a result without leaving its page; keys lead to the next ones."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from gallery.models import Favourite, Render

pytestmark = pytest.mark.browser


def test_the_page_is_used_by_keyboard(
    site_without_worker: str,
    alices_page: Page,
    alice: User,
    make_finished: Callable[..., Render],
) -> None:
    older, render, newer = (make_finished(alice, seed=number) for number in (1, 2, 3))
    page = alices_page
    address = f"{site_without_worker}/renders/{render.id}/"
    page.goto(address)

    page.locator("#like").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#like")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#like")).to_contain_text("1")
    expect(page.locator("#like")).to_be_focused()
    page.keyboard.press(".")
    expect(page.locator("#favourite")).to_have_attribute("aria-pressed", "true")
    assert Favourite.objects.get().render == render

    page.get_by_role("link", name="Edit title and tags").press("Enter")
    page.get_by_label("Title").fill("River, 1 r . c")  # in a field, keys only type letters
    page.get_by_label("Title").press("i")
    page.get_by_label("Tags").fill(",".join("abcdefghijk"))
    page.get_by_label("Tags").press("Enter")
    expect(page.locator(".errorlist")).to_have_text("These are 11 tags: leave at most 10.")
    page.get_by_label("Tags").fill("Sea, night")
    page.get_by_label("Tags").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("River, 1 r . ci")
    expect(page.get_by_role("link", name="night")).to_have_attribute("href", "/?tag=night")
    assert page.url == address

    page.keyboard.press("i")
    expect(page.get_by_role("complementary")).to_be_hidden()
    page.keyboard.press("i")
    expect(page.get_by_role("complementary")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/renders/{newer.id}/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(address)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/renders/{older.id}/")
    page.keyboard.press("r")
    page.wait_for_url(f"**/new/?from={older.id}")
    page.go_back()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{site_without_worker}/")

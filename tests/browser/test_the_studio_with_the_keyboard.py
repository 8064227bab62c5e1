"""Pictures from the gallery, a size, and a render, without a mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture, Render

pytestmark = pytest.mark.browser


def test_two_pictures_are_chosen_and_rendered_by_keys(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1, name="one.png"), make_picture(seed=2, name="two.png")
    page = open_page()
    page.goto(f"{site_without_worker}/new/")

    for role, picture in (("content", content), ("style", style)):
        page.locator(f"[data-role={role}] .browse").focus()
        page.keyboard.press("Enter")
        choice = page.get_by_role("dialog").get_by_role("link", name=picture.name)
        expect(choice).to_be_visible()
        for _ in range(40):  # the starters stand before what others used
            page.keyboard.press("Tab")
            if choice.evaluate("link => link === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator(f"[data-role={role}] .preview img")).to_have_attribute("alt", picture.name)
        expect(page.locator(f"[data-role={role}] .browse")).to_be_focused()

    page.locator("input[name=image_size]").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("64")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/renders/"))
    assert (Render.objects.lasting().get().pair.content, Render.objects.lasting().get().pair.style) == (content, style)

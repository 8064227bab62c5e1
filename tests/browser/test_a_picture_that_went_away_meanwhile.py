"""A picture that a preview has stored, and that is gone when somebody renders, is sent again by the next press."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture, Render

pytestmark = pytest.mark.browser


def test_a_second_press_is_enough(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    with page.expect_response("**/new/preview/") as begun:
        for name, path in zip(("content", "style"), picture_files, strict=True):
            page.locator(f"input[name={name}]").set_input_files(path)
    assert begun.value.status == 201
    expect(page.locator(".live-preview .says")).to_contain_text("No worker is running")
    Render.objects.all().delete()
    Picture.objects.all().delete()

    page.get_by_role("button", name="Render", exact=True).click()
    expect(page.locator("[data-role=content] .errors")).to_contain_text("not here any more")
    page.get_by_role("button", name="Render", exact=True).click()

    page.wait_for_url(re.compile(r"/renders/"))
    assert Picture.objects.lasting().count() == 2

"""Where a picture turns out to be damaged, the preview says that it waits; there is no last picture to speak of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pictures import as_bytes, photograph

pytestmark = pytest.mark.browser


def test_it_says_where_to_look(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = as_bytes(photograph((640, 480)), "JPEG")
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=content]").set_input_files(tmp_path / "cut.jpg")
    page.locator("input[name=style]").set_input_files(picture_files[1])

    expect(page.locator(".live-preview .says")).to_have_text(
        "It waits: a picture or a value is wrong, and says why at its place."
    )
    expect(page.locator("[data-role=content] .errors")).to_contain_text("is damaged or cut short")

"""Without scripts, a place for a picture shows the name of the file that was chosen for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_browsers_own_control_is_seen_within_its_place(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen, java_script_enabled=False)
    page.goto(f"{site_without_worker}/new/")
    control = page.locator("input[name=content]")
    control.set_input_files(picture_files[0])

    box, place = control.bounding_box(), page.locator("[data-role=content] label").first.bounding_box()

    assert box is not None
    assert place is not None
    assert float(control.evaluate("element => getComputedStyle(element).opacity")) == 1
    assert place["x"] <= box["x"]
    assert box["x"] + box["width"] <= place["x"] + place["width"]
    assert box["y"] + box["height"] <= place["y"] + place["height"]
    assert "paste" not in page.locator("[data-role=content] .invite").inner_text()

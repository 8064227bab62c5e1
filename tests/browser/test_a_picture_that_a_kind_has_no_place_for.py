"""Whoever looks at several kinds of work comes back to the same pictures, also where a kind between takes none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture

pytestmark = pytest.mark.browser


def choose(page: Page, kind: str) -> None:
    """Goes to another kind of work, by its name in the address."""
    page.locator(f'.kinds [href*="kind={kind}&"], .kinds [href$="kind={kind}"]').click()
    page.wait_for_url(f"**/new/?kind={kind}**")


@pytest.mark.parametrize("between", ["film", "texture"])
def test_a_file_is_there_again_after_kinds_without_a_place_for_it(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], between: str
) -> None:
    content, _ = picture_files
    page = open_page()
    page.add_init_script("localStorage.setItem('stylesite-live-preview', 'off')")  # or else it stores the file
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=content]").set_input_files(content)

    choose(page, between)
    page.reload()
    choose(page, "dream")

    expect(page.locator("[data-role=content] img")).to_have_attribute("alt", content.name)


def test_a_picture_of_the_site_is_there_again_after_a_film(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    page = open_page()
    page.goto(f"{site_without_worker}/new/?content={content.pk}&style={style.pk}")

    for kind in ("film", "dream", "texture", "style"):
        choose(page, kind)

    expect(page.locator("[name=content_id]")).to_have_value(str(content.pk))
    expect(page.locator("[name=style_id]")).to_have_value(str(style.pk))

"""Back leads from a render to the studio as it was submitted, also where the browser kept nothing of the form."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
FORTH_AND_BACK = """() => new Promise((done) => {
    let moves = 0;
    addEventListener("popstate", () => ++moves === 2 && done());
    history.forward();
})"""


def test_back_after_render_brings_pictures_and_settings_again(
    site_without_worker: str,
    open_page: Callable[..., Page],
    picture_files: tuple[Path, Path],
    screen: tuple[int, int],
) -> None:
    content, style = picture_files
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    page.get_by_label("Content", exact=False).first.set_input_files(content)
    page.locator('.drop[data-role="style"] [type=file]').set_input_files(style)
    page.locator("[name=image_size]").fill("320")
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url("**/renders/**")

    page.go_back()

    expect(page).to_have_url(f"{site_without_worker}/new/?from={page.url[-36:]}")
    for role, name in (("content", content.name), ("style", style.name)):
        expect(page.locator(f'.drop[data-role="{role}"] .preview img')).to_have_attribute("alt", name)
    expect(page.locator("[name=image_size]")).to_have_value("320")
    expect(page.get_by_text("was replaced")).to_have_count(0)


@pytest.mark.parametrize("closing", ["Back", "Escape", "Close"])
def test_a_dialog_closes_and_the_studio_stays(
    site_without_worker: str, open_page: Callable[..., Page], closing: str
) -> None:
    page = open_page((390, 844))
    page.goto(f"{site_without_worker}/cookbook/")
    page.goto(f"{site_without_worker}/new/")
    page.locator('.drop[data-role="style"]').get_by_role("link", name="from the gallery").click()
    dialog = page.locator("dialog.picker")
    expect(dialog).to_be_visible()
    page.wait_for_function("() => history.state?.dialog")

    if closing == "Back":
        page.evaluate("history.back()")
    elif closing == "Escape":
        page.keyboard.press("Escape")
    else:
        dialog.get_by_role("button", name="Close").click()

    expect(dialog).to_be_hidden()
    page.wait_for_function("() => !history.state?.dialog")
    assert page.url == f"{site_without_worker}/new/"
    page.evaluate(FORTH_AND_BACK)
    expect(dialog).to_be_hidden()
    page.go_back()
    expect(page).to_have_url(f"{site_without_worker}/cookbook/")

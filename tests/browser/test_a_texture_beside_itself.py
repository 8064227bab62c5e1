"""A seamless texture is laid 3 x 3 beside itself by a button or a key, and is alone again by Escape."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from transfer.texture.recipe import TextureRecipe

pytestmark = pytest.mark.browser


def test_it_is_laid_beside_itself_and_alone_again(
    site_without_worker: str,
    open_page: Callable[..., Page],
    screen: tuple[int, int],
    make_finished: Callable[..., Render],
) -> None:
    render = make_finished(recipe_json=TextureRecipe(image_size=64, wrap="both").model_dump(mode="json"))
    page = open_page(screen)
    page.goto(f"{site_without_worker}/renders/{render.id}/")
    button, tiles = page.get_by_role("button", name="3 × 3"), page.locator(".tiles")
    expect(tiles).to_be_hidden()

    button.click()
    expect(tiles).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert tiles.evaluate("(tiles) => getComputedStyle(tiles).backgroundImage.includes('.png')")
    across, down = tiles.evaluate("(tiles) => [tiles.clientWidth, tiles.clientHeight]")
    assert across / down == pytest.approx(4 / 3, rel=0.05)

    page.keyboard.press("Escape")
    expect(tiles).to_be_hidden()
    page.keyboard.press("3")
    expect(tiles).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(tiles).to_be_hidden()
    expect(button).to_have_attribute("aria-pressed", "false")

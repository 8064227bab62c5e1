"""On the form of a dream, a click on a small dream sets its layer and its channel, with and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_click_sets_layer_and_channel_and_can_be_undone(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/?kind=dream")
    layers, channels = page.locator("[name=dream_layers]"), page.locator("[name=channels]")

    page.get_by_role("link", name="relu3_1, channel 15", exact=True).click()
    expect(layers).to_have_value("relu3_1")
    expect(channels).to_have_value("15")
    expect(page.locator(".dreams [aria-current]")).to_have_attribute("aria-label", "relu3_1, channel 15")

    page.get_by_role("link", name="relu2_1", exact=True).click()
    expect(layers).to_have_value("relu2_1")
    expect(channels).to_have_value("")

    page.get_by_role("button", name="Undo").click()
    expect(channels).to_have_value("15")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_same_links_open_the_form_with_them(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site_without_worker}/new/?kind=dream")
    page.get_by_role("link", name="relu3_1, channel 15", exact=True).click()

    expect(page.locator("[name=dream_layers]")).to_have_value("relu3_1")
    expect(page.locator("[name=channels]")).to_have_value("15")
    expect(page.locator("[name=kind]")).to_have_value("dream")

"""Somebody fills in the studio: pictures, a second style, fields and their reset, a render."""

import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser


def test_from_two_dropped_pictures_to_a_render_of_two_styles(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=content]", as_bytes(painting()), "strokes.png")
    drop(page, "[data-role=style]", as_bytes(photograph((320, 240))), "house.png")
    page.get_by_role("link", name="Swap content and style").click()
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "house.png")
    expect(page.locator("[data-role=style] .preview img")).to_have_attribute("alt", "strokes.png")
    expect(page.locator(".plan")).to_contain_text("at 512 × 384 px")

    page.get_by_role("link", name="Add a style").click()
    expect(page.locator("[data-role=style_2]")).to_be_visible()
    drop(page, "[data-role=style_2]", as_bytes(Image.new("RGB", (90, 90), "teal")), "teal.png")
    expect(page.locator(".advice")).to_contain_text("Style 2 has almost no colour variation: expect a flat result.")
    page.get_by_label("Weight of style 2, slider").fill("0.5")
    expect(page.locator("input[name=blend_2]")).to_have_value("0.5")

    strength = page.locator("[data-field=strength]")
    strength.get_by_role("spinbutton").fill("0.9")
    expect(strength.get_by_role("slider")).to_have_value("0.9")
    strength.get_by_role("button", name="Reset").click()
    expect(strength.get_by_role("spinbutton")).to_have_value("0.5")
    expect(page.locator(".changed")).to_have_count(0)
    page.locator("summary", has_text="Painting").click()
    page.locator("input[name=num_iterations]").fill("3")
    expect(page.locator("summary", has_text="Painting")).to_contain_text("1 changed")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.locator("input[name=image_size]").fill("256")
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url(re.compile(r"/renders/"))
    render = Render.objects.lasting().get()
    assert (render.image_size, render.recipe.num_iterations) == (256, 3)
    assert render.recipe.style_blend_weights == (1.0, 0.5)
    assert (render.pair.content.name, render.pair.style.name) == ("house.png", "strokes.png")
    assert [str(each.picture) for each in render.inputs.filter(role="style", place__gt=1)] == ["teal.png"]

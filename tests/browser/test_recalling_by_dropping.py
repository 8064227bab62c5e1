"""Dropping a finished picture anywhere on the studio fills it in; any other goes to the first empty place."""

import hashlib
from collections.abc import Callable

import numpy
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from gallery.models import Picture
from tests.browser.dropping import drop
from tests.odd_files import behind_the_pixels, chunk
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.dream.recipe import DreamRecipe
from transfer.metadata import Source, encode
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser


def test_a_dropped_recipe_is_filled_in_and_what_is_missing_is_asked_for(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    here, missing = make_picture(seed=1), as_bytes(painting(seed=5))
    made = made_up(
        recipe=StyleRecipe(image_size=300, strength=0.8),
        content=Source(sha256=here.sha256, width=here.width, height=here.height, name=here.name),
        styles=(Source(sha256=hashlib.sha256(missing).hexdigest(), width=160, height=160, name="sea.png"),),
    )
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    strength, style = page.locator("input[name=strength]"), page.locator("[data-role=style]")
    strength.fill("0.3")

    drop(page, "h1", as_bytes(painting()), "strokes.png")
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", "strokes.png")
    expect(strength).to_have_value("0.3")

    drop(page, "h1", encode(painting((64, 48)), made), "finished.png")
    expect(strength).to_have_value("0.8")
    expect(page.locator(".refused")).to_be_empty()
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("alt", here.name)
    expect(style.locator(".missing")).to_contain_text("“sea.png”")

    drop(page, "[data-role=style]", as_bytes(painting(seed=6)), "other.png")
    expect(style.locator(".missing")).to_contain_text("“other.png” is not the picture that the recipe names")
    drop(page, "[data-role=style]", missing, "sea.png")
    expect(style.locator(".missing")).to_be_hidden()
    expect(page.locator(".plan")).to_contain_text("at 300 × 250 px")


def test_a_recipe_of_another_kind_brings_the_axes_of_its_sweep_until_that_is_undone(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    made = made_up(recipe=DreamRecipe(), styles=())
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.locator("#sweep > summary").click()
    axis, values = page.locator("[name=axis_1]"), page.locator("[name=values_1]")
    expect(axis).to_have_value("strength")

    drop(page, "h1", encode(painting((64, 48)), made), "finished.png")
    expect(page.locator("form.studio [name=kind]")).to_have_value("dream")
    page.locator("#sweep > summary").click()
    axis.select_option("jitter")
    expect(values).not_to_have_attribute("placeholder", "")

    page.get_by_role("button", name="Undo").click()
    expect(axis).to_have_value("strength")


def test_a_recipe_that_another_program_moved_behind_many_pixels_is_found(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    made = made_up(recipe=StyleRecipe(image_size=300, strength=0.8))
    noise = Image.fromarray(numpy.random.default_rng(1).integers(0, 256, (320, 320, 3), dtype="uint8"))
    moved = behind_the_pixels(as_bytes(noise), chunk(b"tEXt", b"stylesite\0" + made.canonical_json().encode()))
    assert len(moved) > 2**18
    page = open_page()
    page.goto(f"{site_without_worker}/new/")

    drop(page, "h1", moved, "finished.png")
    expect(page.locator("input[name=strength]")).to_have_value("0.8")

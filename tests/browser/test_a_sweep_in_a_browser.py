"""A sweep from the studio fills in while somebody watches; arrow keys pick a cell; another sweep is cancelled."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render

pytestmark = pytest.mark.browser


def test_a_sheet_fills_in_a_cell_is_picked_and_another_sweep_is_cancelled(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.locator("input[name=num_iterations]").evaluate("input => (input.value = 20)")
    page.get_by_text("Sweep: many pictures").click()
    page.locator("[name=values_1]").fill("0, 2")
    page.locator("[name=axis_2]").select_option("match_colors")
    expect(page.locator("[name=values_2]")).to_have_attribute("placeholder", "no, yes")
    page.locator("[name=sweep_at]").select_option("other")
    page.locator("[name=sweep_size]").fill("64")
    expect(page.locator(".sweep-plan")).to_contain_text("2: ")
    page.get_by_role("button", name="Render the sweep").click()
    expect(page.locator("[data-field=values_1] .errors")).to_contain_text("2: ")
    page.locator("[name=values_1]").fill("0, 1")
    expect(page.locator(".sweep-plan")).to_contain_text("4 renders at 64 px")
    page.locator("[name=values_1]").press("Enter")

    page.wait_for_url(re.compile(r"/sweeps/[0-9a-f-]{36}/$"))
    page.evaluate("window.unchanged = true")
    for heading in ("0", "1", "no", "yes"):
        expect(page.locator(".sheet th").get_by_text(heading, exact=True)).to_be_visible()
    expect(page.get_by_text("All 4 are painted")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(4)
    assert page.evaluate("window.unchanged")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("radio").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.get_by_role("radio", checked=True)).to_have_accessible_name("Strength 0, Recolour the style first yes")
    expect(page.locator(".picked")).to_have_text("Strength 0, Recolour the style first yes")
    page.get_by_label("Size").select_option("512")
    page.get_by_role("button", name="Render this at").click()
    page.wait_for_url(re.compile(r"/renders/[0-9a-f-]{36}/$"))
    larger = Render.objects.get(sweep=None)
    assert (larger.image_size, larger.recipe.strength, larger.recipe.match_colors) == (512, 0, True)
    assert larger.parent == Render.objects.get(sweep_place=2)

    page.goto(f"{site}/sweeps/new/?from={larger.parent_id}")
    page.locator("[name=axis_1]").select_option("num_iterations")
    page.locator("[name=values_1]").fill("1999, 2000")
    page.locator("[name=sweep_at]").select_option("other")
    page.locator("[name=sweep_size]").fill("1024")
    page.get_by_role("button", name="Render the sweep").click()
    page.get_by_role("button", name="Cancel the sweep").click()
    expect(page.get_by_text("2 cancelled")).to_be_visible()
    page.get_by_role("link", name="My sweeps").click()
    expect(page.get_by_role("listitem")).to_have_count(2)

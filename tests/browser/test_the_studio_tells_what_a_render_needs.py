"""While somebody fills in the form, the studio says what the render would need, from the chosen files."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Worker

pytestmark = pytest.mark.browser


def test_it_follows_the_form_and_the_chosen_files(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site}/new/")
    plan = page.locator(".plan")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    expect(plan).to_be_empty()
    page.locator("input[name=style]").set_input_files(picture_files[1])
    expect(plan).to_contain_text("at 512 × 384 px")
    expect(plan).to_contain_text(re.compile(r"About .+ GiB"))

    page.locator("input[name=image_size]").fill("256")
    expect(plan).to_contain_text("at 256 × 192 px")
    page.locator("input[name=image_size]").fill("5")
    expect(plan).to_be_empty()

    Worker.objects.update(memory=600 * 2**20)
    page.locator("input[name=image_size]").fill("16384")
    expect(plan.locator(".notice.wrong")).to_contain_text("this machine allows 600 MiB")
    page.get_by_role("button", name="Render").click()
    expect(page.locator("[data-field=image_size] .errors")).to_contain_text("this machine allows 600 MiB")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_nothing_is_told(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site_without_worker}/new/")

    expect(page.locator(".plan")).to_be_empty()
    expect(page.get_by_role("button", name="Render")).to_be_visible()

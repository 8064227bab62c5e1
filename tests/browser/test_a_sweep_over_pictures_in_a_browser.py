"""Several files and pictures from the gallery become a sweep; one is removed, and that undone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.browser.dropping import at_once, drop
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser


def test_contents_times_styles(
    site_without_worker: str,
    open_page: Callable[..., Page],
    make_finished: Callable[..., Render],
    picture_files: tuple[Path, Path],
    tmp_path: Path,
    screen: tuple[int, int],
) -> None:
    files = [tmp_path / f"house {number}.png" for number in range(3)]
    for number, file in enumerate(files):
        painting((120, 90), seed=number).save(file)
    make_finished()
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.get_by_text("Sweep: many pictures").click()
    page.locator("[name=axis_1]").select_option("content")
    expect(page.locator("[name=values_1]")).to_be_hidden()
    contents = page.locator("[data-axis='1']")
    contents.locator("[type=file]").set_input_files(files[:2])
    contents.locator("[type=file]").set_input_files(files[2])
    expect(contents.get_by_role("listitem")).to_have_count(3)
    plan = page.locator(".sweep-plan")
    expect(plan).to_contain_text("3 previews at 256 px")

    contents.get_by_role("button", name="Remove house 1.png").click()
    expect(plan).to_contain_text("2 previews at 256 px")
    page.get_by_role("button", name="Undo").click()
    expect(contents.get_by_role("listitem").nth(1)).to_contain_text("house 1.png")

    page.locator("[name=axis_2]").select_option("style")
    styles = page.locator("[data-axis='2']")
    styles.get_by_role("button", name="From the gallery").click()
    page.locator(".gatherer .choice").last.click()
    page.locator(".gatherer").get_by_role("button", name="Add", exact=True).click()
    expect(styles.get_by_role("listitem")).to_have_count(1)
    drop(page, "[data-axis='2']", picture_files[0].read_bytes(), "dropped.jpg", "image/jpeg")
    expect(styles.get_by_role("listitem")).to_have_count(2)
    expect(plan).to_contain_text("9 previews at 256 px")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("button", name="Render the sweep").click()
    page.wait_for_url(re.compile(r"/sweeps/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", name="3 contents × 3 styles")).to_be_visible()
    expect(page.locator("th img")).to_have_count(6)
    assert Render.objects.filter(sweep__isnull=False).count() == 9
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_sweep_that_is_sent_at_once_has_the_pictures_that_are_still_judged(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=style]").set_input_files(picture_files[1])
    page.get_by_text("Sweep: many pictures").click()
    page.locator("[name=axis_1]").select_option("content")
    first, second = as_bytes(painting((120, 90))), as_bytes(painting((120, 90), seed=1)) + b"\0" * (21 * 2**20)
    drop(page, "[data-axis='1']", first, "first.png")
    expect(page.locator("[data-axis='1']").get_by_role("listitem")).to_have_count(1)
    page.locator("[name=axis_2]").select_option("strength")
    page.locator("[name=values_2]").fill("0.5")

    at_once(page, ("[data-axis='1']", second, "second.png"), ".axes [type=submit]")

    page.wait_for_url(re.compile(r"/sweeps/[0-9a-f-]{36}/$"))
    assert Render.objects.filter(sweep__isnull=False).count() == 2

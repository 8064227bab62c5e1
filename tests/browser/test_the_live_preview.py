"""The studio paints a preview beside its fields, which follows them, and of which nothing is published."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from gallery.models import Picture, Render, Status

pytestmark = pytest.mark.browser
DONE = "This is the preview."


@pytest.fixture
def studio(
    site: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path], screen: tuple[int, int]
) -> Page:
    """The studio with two pictures and few iterations, in a wide window and on a phone."""
    page = open_page(screen)
    page.goto(f"{site}/new/")
    page.locator("summary", has_text="Painting").click()
    page.locator("input[name=num_iterations]").fill("3")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    return page


def test_it_follows_the_fields_and_the_render_goes_on_from_it(studio: Page) -> None:
    asked: list[Request] = []
    studio.on("request", lambda each: asked.append(each) if each.method == "POST" and "preview" in each.url else None)
    image, state = studio.locator(".live-preview img"), studio.locator(".live-preview .says")
    expect(state).to_have_text(DONE)
    expect(image).to_be_visible()
    assert image.evaluate("image => Math.max(image.naturalWidth, image.naturalHeight)") == 256
    first = image.get_attribute("src")

    studio.locator("[data-field=strength] input[type=number]").fill("0.9")
    expect(image).not_to_have_attribute("src", str(first))
    expect(state).to_have_text(DONE)
    second = str(image.get_attribute("src"))
    assert not Render.objects.exists()
    assert Picture.objects.count() == 2
    assert len(asked[-1].post_data_buffer or b"") < 20_000  # settings, and no pictures

    studio.locator("[data-field=strength] input[type=number]").fill("7")
    expect(studio.locator("[data-field=strength] .errors")).not_to_be_empty()
    expect(image).to_have_attribute("src", second)
    studio.locator("[data-field=strength] input[type=number]").fill("0.9")
    expect(studio.locator("[data-field=strength] .errors")).to_be_empty()

    studio.locator("input[name=image_size]").fill("300")
    studio.keyboard.press("Control+Enter")
    studio.wait_for_url(re.compile(r"/renders/"))
    expect(studio.get_by_role("link", name="Download PNG")).to_be_visible()
    row = Render.objects.get()
    assert (row.status, row.image_size, row.curve[0][0] > 1) == (Status.COMPLETED, 300, True)


def test_it_can_be_switched_off_and_stays_off(studio: Page, screen: tuple[int, int]) -> None:
    panel = studio.locator(".live-preview")
    expect(panel.locator(".says")).to_have_text(DONE)
    if screen[0] < 1200:
        studio.get_by_role("button", name="Enlarge the preview").click()
    studio.get_by_role("checkbox", name="Live preview").uncheck()
    with studio.expect_response(re.compile("/new/plan/")):
        studio.locator("input[name=num_iterations]").fill("4")
    studio.wait_for_timeout(500)
    expect(panel).not_to_have_class(re.compile("old"))

    studio.get_by_role("button", name="Preview", exact=True).click()
    expect(panel.locator(".says")).to_have_text(DONE)
    assert not Render.objects.exists()

    studio.reload()
    studio.get_by_role("link", name="Content: from the gallery").click()
    studio.locator("dialog .choice").first.click()
    expect(studio.locator(".live-preview .switch")).not_to_be_checked()


def test_what_costs_and_starts_is_always_on_screen(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int], picture_files: tuple[Path, Path]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    page.locator("input[name=content]").set_input_files(picture_files[0])
    page.locator("input[name=style]").set_input_files(picture_files[1])
    cost = page.locator(".plan b")
    expect(cost).to_contain_text(re.compile(r"About .+ [GM]iB"))
    for place in ("0", "document.documentElement.scrollHeight / 2", "document.documentElement.scrollHeight"):
        page.evaluate(f"scrollTo(0, {place})")
        for each in (page.get_by_role("button", name="Render", exact=True), cost):
            expect(each).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_bar_covers_no_field_that_has_the_focus(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator("input[name=content]").focus()
    covered = []
    for _ in range(40):
        page.keyboard.press("Tab")
        covered += page.evaluate("""() => {
          const [field, bar] = [document.activeElement, document.querySelector(".submit")];
          if (field === document.body || bar.contains(field) || field.closest(".live-preview")) return [];
          const [lowest, highest] = [field.getBoundingClientRect().bottom, bar.getBoundingClientRect().top];
          return lowest > highest + 1 ? [field.name || field.outerHTML] : [];
        }""")

    assert covered == []

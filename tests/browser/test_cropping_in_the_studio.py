"""A picture is cropped and turned in a dialog, by keys and by mouse, and painted from as it is shown then."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Picture, Render
from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.browser


def test_by_keys(site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=content]", as_bytes(painting((400, 200))), "wide.png")
    drop(page, "[data-role=style]", as_bytes(painting((150, 300), seed=3)), "tall.png")
    place, crop = page.locator("[data-role=content]"), page.locator("input[name=content_crop]")
    page.get_by_role("button", name="Content: crop or turn").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Crop wide.png")
    expect(dialog.get_by_role("application")).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("400 × 200 px of 400 × 200")

    dialog.get_by_text("Same as the other picture").click()
    expect(dialog.get_by_role("status")).to_have_text("100 × 200 px of 400 × 200")
    dialog.get_by_text("1:1").click()
    expect(dialog.get_by_role("status")).to_have_text("200 × 200 px of 400 × 200")
    dialog.get_by_role("application").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("r")
    expect(dialog.get_by_role("status")).to_have_text("200 × 200 px of 200 × 400")
    page.keyboard.press("Enter")
    expect(crop).to_have_value("0.29,0,0.79,1;90")
    expect(page.get_by_role("button", name="Content: crop or turn")).to_be_focused()
    expect(page.locator(".plan")).to_contain_text("at 512 × 512 px")
    assert place.locator(".preview img").evaluate("image => [image.naturalWidth, image.naturalHeight]") == [200, 200]

    page.keyboard.press("Control+z")
    expect(crop).to_have_value("")
    expect(page.locator(".plan")).to_contain_text("at 512 × 256 px")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_by_mouse_and_it_is_painted_from(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    whole = make_picture(seed=1)
    page = open_page()
    page.goto(f"{site_without_worker}/new/?content={whole.pk}&style={make_picture(seed=2).pk}")
    page.get_by_role("button", name="Content: crop or turn").click()
    frame = page.get_by_role("dialog").get_by_role("application")
    box = frame.bounding_box()
    assert box is not None
    corner = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(corner[0] - 0.1 * box["width"], corner[1] - 0.05 * box["height"])
    page.mouse.up()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("86 × 76 px of 96 × 80")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("input[name=content_crop]")).to_have_value("")

    page.get_by_role("button", name="Content: crop or turn").click()
    page.get_by_role("button", name="Mirror").click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("input[name=content_crop]")).to_have_value("0,0,1,1;0;flip")
    page.locator("input[name=image_size]").fill("64")
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url(re.compile(r"/renders/"))

    part = Render.objects.lasting().get().inputs.get(role="content").picture
    assert (part.origin_sha256, part.crop) == (whole.sha256, "0,0,1,1;0;flip")
    page.goto(f"{site_without_worker}/new/?from={Render.objects.lasting().get().pk}")
    expect(page.locator("input[name=content_id]")).to_have_value(str(whole.pk))
    expect(page.locator("input[name=content_crop]")).to_have_value(part.crop)
    expect(page.locator("[data-role=content] .preview img")).to_have_attribute("data-cropped", re.compile("^blob:"))


def test_without_scripts_numbers_do(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site_without_worker}/new/?content={make_picture(seed=1).pk}&style={make_picture(seed=2).pk}")
    page.locator("[data-role=content] summary").click()
    page.locator("input[name=content_crop_right]").fill("80")
    page.locator("input[name=image_size]").fill("64")
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url(re.compile(r"/renders/"))

    assert Render.objects.lasting().get().inputs.get(role="content").picture.crop == "0,0,0.8,1;0"

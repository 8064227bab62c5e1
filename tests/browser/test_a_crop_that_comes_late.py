"""A crop belongs to the picture that it was made of: not to one that came in the meantime, nor to an empty place."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from gallery.models import Picture, Render
from tests.browser.dropping import at_once, drop
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.metadata import UsedSource, encode

pytestmark = pytest.mark.browser
LEFT, RIGHT = "0,0,0.5,1;0", "0.4,0,1,1;0"
RED, BLUE = (as_bytes(Image.new("RGB", (400, 200), colour)) for colour in ("#d02020", "#2020d0"))
COLOUR = """(image) => {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  context.drawImage(image, 0, 0, 1, 1);
  const [red, , blue] = context.getImageData(0, 0, 1, 1).data;
  return red > blue ? "red" : "blue";
}"""


def recall_parts(page: Page, site: str) -> None:
    """A recipe of two parts of pictures that the site does not have."""
    inputs = tuple(
        UsedSource(
            sha256=hashlib.sha256(crop.encode()).hexdigest(),
            width=200,
            height=200,
            role=role,
            place=place,
            origin_sha256=hashlib.sha256(whole).hexdigest(),
            crop=crop,
        )
        for whole, crop, role, place in ((RED, LEFT, "content", 0), (BLUE, RIGHT, "style", 1))
    )
    made = made_up(inputs=inputs, height=64)
    page.goto(f"{site}/new/")
    drop(page, "h1", encode(painting((64, 64)), made), "finished.png")
    expect(page.locator("[data-role=style] .missing")).to_contain_text("it is cropped as it was")


@pytest.mark.parametrize("deed", ["replaced", "removed", "swapped"])
def test_the_picture_is_changed_while_its_crop_is_loaded(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture], deed: str
) -> None:
    held: list[Route] = []
    page = open_page()
    page.route("**/new/regions/*.webp", lambda route: held.append(route))
    chosen = {"content": make_picture(seed=1).pk, "style": make_picture(seed=2).pk, "content_crop": "0,0,0.8,1;90"}
    with page.expect_request("**/new/regions/*.webp"):
        page.goto(f"{site_without_worker}/new/?{urlencode(chosen)}", wait_until="commit")
    content = page.locator("[data-role=content]")
    if deed == "replaced":
        drop(page, "[data-role=content]", RED, "red.png")
        expect(content.locator(".preview img")).to_have_attribute("alt", "red.png")
    else:
        page.evaluate(f"document.querySelector('{'.studio .swap' if deed == 'swapped' else '.clear'}').click()")
        expect(page.locator(".toast")).to_contain_text(f"{deed}.")

    with page.expect_response("**/new/regions/*.webp"):
        held.pop().continue_()

    if deed == "swapped":
        expect(page.locator("[data-role=style] .preview [data-cropped]")).to_be_visible()
        expect(page.locator("[name=style_crop]")).to_have_value("0,0,0.8,1;90")
    page.wait_for_timeout(300)  # in which a crop would come that should not
    expect(content.locator("[data-cropped]")).to_have_count(0)
    expect(page.locator("[name=content_crop]")).to_have_value("")
    expect(content.locator(".preview img")).to_have_count(0 if deed == "removed" else 1)


def test_two_that_come_at_once_are_each_cropped_from_their_own_picture(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    recall_parts(page, site_without_worker)

    at_once(page, ("[data-role=content]", RED, "red.png"), ("[data-role=style]", BLUE, "blue.png"))

    for place, colour, crop, size in (("content", "red", LEFT, "200x200"), ("style", "blue", RIGHT, "240x200")):
        image = page.locator(f"[data-role={place}] .preview img[data-cropped]")
        expect(image).to_have_attribute("data-size", size)
        assert image.evaluate(COLOUR) == colour
        expect(page.locator(f"[name={place}_crop]")).to_have_value(crop)


def test_what_is_sent_at_once_is_cropped(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    recall_parts(page, site_without_worker)
    drop(page, "[data-role=style]", BLUE, "blue.png")
    expect(page.locator("[data-role=style] [data-cropped]")).to_be_visible()

    at_once(page, ("[data-role=content]", RED, "red.png"), ".submit .primary")

    page.wait_for_url("**/renders/**")
    part = Render.objects.lasting().get().inputs.get(role="content").picture
    with part.file.open() as file, Image.open(BytesIO(file.read())) as image:
        assert image.size == (200, 200)


def test_a_place_that_is_emptied_as_soon_as_a_crop_is_applied_stays_empty(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=content]", as_bytes(painting((1600, 1200))), "strokes.png")
    page.get_by_role("button", name="Content: crop or turn").click()
    page.get_by_role("button", name="Mirror").click()
    page.evaluate("""document.querySelector('dialog.cropper').addEventListener('close', () =>
      setTimeout(() => document.querySelector('[data-role=content] .clear').click()))""")
    page.get_by_role("button", name="Apply").click()

    expect(page.locator(".toast")).to_contain_text("removed")
    page.wait_for_timeout(300)  # in which a picture would come back that should not
    expect(page.locator("[data-role=content] .preview img")).to_have_count(0)
    expect(page.locator("[name=content_crop]")).to_have_value("")

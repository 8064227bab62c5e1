"""People paint regions over content and style with mouse, keyboard or finger; they are stored as painted."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from gallery.models import Render
from tests.pictures import painting

pytestmark = pytest.mark.browser
GRASS, WATER, ROCK = (80, 160, 60), (40, 90, 200), (120, 120, 120)


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    """A map: water with an island of grass, a separate strip of the same grass, and rock on the right."""
    picture = Image.new("RGB", (240, 160), WATER)
    picture.paste(GRASS, (20, 20, 100, 80))
    picture.paste(GRASS, (0, 140, 120, 160))
    picture.paste(ROCK, (160, 0, 240, 160))
    picture.save(tmp_path / "map.png")
    return tmp_path / "map.png"


@pytest.fixture
def style_file_on_disk(tmp_path: Path) -> Path:
    """A style whose upper half is dark."""
    picture = painting((200, 200))
    picture.paste((5, 5, 20), (0, 0, 200, 100))
    picture.save(tmp_path / "style.png")
    return tmp_path / "style.png"


def open_painter(page: Page, site: str, content: Path, style: Path) -> tuple[Locator, Locator]:
    page.goto(f"{site}/new/")
    page.locator("input[name=content]").set_input_files(content)
    page.locator("input[name=style]").set_input_files(style)
    page.locator("input[name=image_size]").fill("64")
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    canvases = page.locator(".layers canvas")
    expect(canvases).to_have_count(2)
    return canvases.first, canvases.last


def submitted(page: Page) -> list[numpy.ndarray]:
    """The masks that were stored, the content's first."""
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url(re.compile(r"/renders/"))
    render = Render.objects.get(pk=page.url.split("/")[-2])
    assert render.recipe.regions == "masks"
    return [numpy.asarray(Image.open(mask.file.open())) for mask in render.inputs.filter(role="mask")]


def on(canvas: Locator, x: float, y: float) -> dict[str, float]:
    box = canvas.bounding_box()
    assert box
    return {"x": box["width"] * x, "y": box["height"] * y}


def test_a_map_is_filled_by_colour_and_a_style_with_the_brush(
    site_without_worker: str, open_page: Callable[..., Page], map_file: Path, style_file_on_disk: Path
) -> None:
    page = open_page()
    content, style = open_painter(page, site_without_worker, map_file, style_file_on_disk)
    said = page.locator(".said")

    page.get_by_label("Fill by colour").check()
    page.locator("[name=painter-reach]").select_option("this colour everywhere")
    content.hover(position=on(content, 0.25, 0.3))
    expect(page.locator(".would")).to_have_text("A click takes 19% of this picture.")
    assert not page.locator("[data-do=undo]").is_enabled()
    content.click(position=on(content, 0.25, 0.3))
    expect(said).to_contain_text("Region 1 is only in the content")
    page.keyboard.press("2")
    content.click(position=on(content, 0.55, 0.5))
    content.click(position=on(content, 0.9, 0.5))
    page.keyboard.press("Control+z")
    page.keyboard.press("3")
    content.click(position=on(content, 0.9, 0.5))
    style.click(position=on(style, 0.5, 0.25))

    page.keyboard.press("b")
    page.keyboard.press("1")
    page.get_by_label("Brush size").fill("20")
    style.scroll_into_view_if_needed()
    box = style.bounding_box()
    assert box
    page.mouse.move(box["x"], box["y"] + box["height"] * 0.7)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] * 0.7, steps=3)
    page.mouse.up()
    expect(said).to_contain_text("Only a style has unpainted places")
    expect(said).to_contain_text("Region 2 is only in the content")
    style.focus()
    page.keyboard.press("2")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Close gaps").click()
    expect(said).to_have_text("All regions are in the content and in a style.")
    expect(page.locator(".regions .now")).to_have_text("painted")

    map_mask, style_mask = submitted(page)

    pixels = numpy.asarray(Image.open(map_file))
    for colour, label in ((GRASS, 1), (WATER, 2), (ROCK, 3)):
        assert (map_mask[(pixels == colour).all(2)] == label).all()
    assert (style_mask[:99] == 3).all()
    assert (style_mask[125:155, 2:190] == 1).all()
    assert style_mask[199, 199] == 2

    page.goto(f"{site_without_worker}/new/?from={page.url.split('/')[-2]}")
    expect(said).to_have_text("All regions are in the content and in a style.")
    assert all((again == first).all() for again, first in zip(submitted(page), (map_mask, style_mask), strict=True))


def test_regions_matched_by_colour_are_corrected_with_a_finger(
    site_without_worker: str, open_page: Callable[..., Page], map_file: Path, style_file_on_disk: Path
) -> None:
    page = open_page((390, 844), has_touch=True)
    content, _ = open_painter(page, site_without_worker, map_file, style_file_on_disk)
    page.locator("[name=painter-count]").fill("2")
    page.get_by_role("button", name="Match colours automatically").tap()
    expect(page.locator(".said")).to_have_text("All regions are in the content and in a style.")

    page.locator(".palette label").last.tap()
    content.scroll_into_view_if_needed()
    box = content.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    down = page.evaluate("scrollY")
    for kind, across in (("Start", 0.2), ("Move", 0.5), ("Move", 0.8), ("End", None)):
        points = [] if across is None else [{"x": box["x"] + box["width"] * across, "y": box["y"] + box["height"] / 2}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    expect(page.locator(".said")).to_contain_text("Region 7 is only in the content")
    assert page.evaluate("scrollY") == down  # a finger on a picture paints and does not scroll

    page.get_by_role("button", name="Render", exact=True).click()
    expect(page.locator(".matching .errors")).to_contain_text("No style has a region for label 7")
    page.locator(".painter [value=fill]").check()
    page.locator(".layers canvas").last.tap()
    expect(page.locator(".said")).to_have_text("All regions are in the content and in a style.")

    map_mask, style_mask = submitted(page)
    assert (map_mask[78:82, 50:190] == 7).all()
    assert set(numpy.unique(map_mask)) == set(numpy.unique(style_mask)) == {1, 2, 7}


def test_matching_waits_for_pictures_that_are_not_there_yet(
    site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render]
) -> None:
    held: list[Route] = []
    page = open_page()
    page.route("**/new/regions/*.webp", lambda route: held.append(route))
    page.goto(f"{site_without_worker}/new/?from={make_finished().id}")
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    page.get_by_role("button", name="Match colours automatically").click()

    for _ in range(2):
        with page.expect_response("**/new/regions/*.webp"):
            while not held:
                page.wait_for_timeout(20)
            held.pop().continue_()

    expect(page.locator(".said")).to_contain_text("All regions are in the content and in a style.")

"""People zoom, move and compare a result with mouse, touch and keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Page, expect

from gallery.models import Render
from gallery.pictures import blobs, thumbnails
from tests.pictures import as_bytes, painting
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser


@pytest.fixture
def large(make_finished: Callable[..., Render]) -> Render:
    """A finished render of 1600 × 1200 px, with another one of the same pair."""
    recipe = StyleRecipe(image_size=64, num_iterations=3, strength=0.9)
    make_finished(seed=4, recipe_json=recipe.model_dump(mode="json"))
    picture = painting((1600, 1200), seed=6)
    name = blobs.store("renders", as_bytes(picture), ".png")
    size = {"width": 1600, "height": 1200}
    return make_finished(output=name, **size, **thumbnails.make(picture).fields())


def test_it_fits_is_zoomed_and_compared(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int], large: Render
) -> None:
    page = open_page(screen)
    page.goto(f"{site_without_worker}/renders/{large.id}/")
    fitted = page.locator(".tools output").text_content() or ""
    assert 10 < int(fitted.removesuffix("%")) < 80
    it_lies_within_its_canvas(page, screen, fitted)
    it_is_moved_by_the_pointer(page)
    it_is_zoomed_by_buttons_and_clicks(page, fitted)
    the_wheel_scrolls_until_it_is_asked_to_zoom(page, fitted)
    it_is_compared_with_its_content(page, large)
    it_is_compared_with_other_renders(page, large, site_without_worker)


def middle_of(page: Page) -> tuple[float, float]:
    box = box_of(page, ".canvas")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def box_of(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None
    return found


def it_lies_within_its_canvas(page: Page, screen: tuple[int, int], fitted: str) -> None:
    canvas, level = page.locator(".canvas"), page.locator(".tools output")
    box, shown = box_of(page, ".canvas"), box_of(page, ".canvas .picture")
    assert shown["width"] <= box["width"] + 1
    assert shown["height"] <= box["height"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]

    canvas.evaluate("canvas => { canvas.style.display = 'none' }")
    expect(level).to_have_text("0.0%")
    canvas.evaluate("canvas => { canvas.style.display = '' }")
    expect(level).to_have_text(fitted)


def it_is_moved_by_the_pointer(page: Page) -> None:
    page.keyboard.press("1")
    expect(page.locator(".tools output")).to_have_text("100%")
    before, middle = box_of(page, ".canvas .picture"), middle_of(page)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 40, middle[1] + 30)
    page.mouse.up()
    after = box_of(page, ".canvas .picture")
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (40, 30)


def it_is_zoomed_by_buttons_and_clicks(page: Page, fitted: str) -> None:
    level, middle = page.locator(".tools output"), middle_of(page)
    for _ in range(9):
        page.get_by_role("button", name="Zoom in").click()
    expect(level).to_have_text("400%")
    expect(page.locator(".canvas")).to_have_class(re.compile("pixels"))
    page.mouse.dblclick(*middle)
    expect(level).to_have_text(fitted)
    page.mouse.dblclick(*middle)
    expect(level).to_have_text("100%")
    page.get_by_role("button", name="Fit").click()


def the_wheel_scrolls_until_it_is_asked_to_zoom(page: Page, fitted: str) -> None:
    level, middle = page.locator(".tools output"), middle_of(page)
    page.mouse.move(*middle)
    page.get_by_role("heading", level=1).click()
    page.mouse.move(*middle)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") > 0
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") == 0
    expect(level).to_have_text(fitted)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(level).not_to_have_text(fitted)
    page.keyboard.press("0")
    page.mouse.click(*middle)
    page.mouse.wheel(0, -200)
    expect(level).not_to_have_text(fitted)
    page.keyboard.press("0")


def it_is_compared_with_its_content(page: Page, large: Render) -> None:
    page.get_by_role("button", name="Compare").click()
    slider, over = page.get_by_role("slider"), page.locator(".over")
    expect(slider).to_be_focused()
    expect(over).to_be_visible()
    expect(over.locator("img")).to_have_attribute("src", large.pair.content.file.url)
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("60")
    box, height = box_of(page, ".canvas"), middle_of(page)[1]
    page.mouse.move(box_of(page, ".divider")["x"] + 22, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, height)
    page.mouse.up()
    expect(slider).to_have_value(re.compile("2[3-7]"))
    assert page.url.endswith(f"/{large.id}/")


def it_is_compared_with_other_renders(page: Page, large: Render, site: str) -> None:
    over = page.locator(".over")
    page.get_by_label("Compare with").select_option(label="Strength 0.9")
    sibling = Render.objects.exclude(pk=large.pk).get()
    expect(over.locator("img")).to_have_attribute("src", sibling.output.url)
    page.get_by_role("button", name="Compare").click()
    expect(over).to_be_hidden()
    page.mouse.move(*middle_of(page))
    page.keyboard.down("c")
    expect(over).to_be_visible()
    expect(page.get_by_role("slider")).to_be_hidden()
    page.wait_for_timeout(300)
    page.keyboard.up("c")
    expect(over).to_be_hidden()

    page.get_by_label("Compare with").select_option(label="Another render…")
    page.get_by_label("A render's address").fill(f"{site}/renders/{sibling.id}/")
    page.get_by_role("button", name="Use it").click()
    expect(over.locator("img")).to_have_attribute("src", sibling.output.url)
    expect(page.get_by_label("Compare with")).to_have_value(sibling.output.url)


def test_two_fingers_zoom_where_they_are(
    site_without_worker: str, open_page: Callable[..., Page], large: Render
) -> None:
    page = open_page((390, 844), has_touch=True, is_mobile=True)
    page.goto(f"{site_without_worker}/renders/{large.id}/")
    level = page.locator(".tools output")
    before = int((level.text_content() or "").removesuffix("%"))
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[int, int]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (180, 200), (200, 200))
    for apart in range(20, 70, 10):
        touch("touchMove", (180 - apart, 200), (200 + apart, 200))
    touch("touchEnd")

    expect(page.locator(".canvas")).to_have_class(re.compile("movable"))
    assert int((level.text_content() or "").removesuffix("%")) > 3 * before
    assert page.evaluate("visualViewport.scale") == 1

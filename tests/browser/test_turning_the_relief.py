"""People turn a picture that has a height in relief with mouse, touch and keyboard; without WebGL it stays flat."""

from collections.abc import Callable

import numpy
import pytest
from playwright.sync_api import Locator, Page, expect

from gallery.models import Render
from gallery.pictures import blobs
from transfer.pausing import finish
from transfer.synthesis.made import height_png
from transfer.synthesis.patterns.clouds import make
from transfer.synthesis.recipes.clouds import CloudsRecipe

pytestmark = pytest.mark.browser
COUNTING = """
window.drawn = 0;
const draw = WebGL2RenderingContext.prototype.drawArraysInstanced;
WebGL2RenderingContext.prototype.drawArraysInstanced = function (...rest) {
  window.drawn++;
  draw.apply(this, rest);
};
"""
LOSING = "canvas => (window.loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context')).loseContext()"
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


@pytest.fixture
def raised(make_finished: Callable[..., Render]) -> Render:
    """A finished render over clouds as hills."""
    height = finish(make(CloudsRecipe(image_size=128, shape="2:1"))).height
    assert height is not None
    height = numpy.concatenate([height, height[:, ::-1]], axis=1)[:, ::2]  # its edges meet
    return make_finished(elevation_id=blobs.store("maps", height_png(numpy.ascontiguousarray(height)), ".png"))


def opened(page: Page, site: str, render: Render) -> Locator:
    """The relief's canvas, once it stands still."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/renders/{render.id}/")
    page.get_by_role("button", name="Relief").click()
    canvas = page.get_by_role("application")
    expect(canvas).to_be_visible()
    expect(page.locator(".canvas")).to_be_hidden()
    page.keyboard.press("Home")  # so that the ring around what has the focus is there from the first look on
    settled(page)
    return canvas


def settled(page: Page) -> None:
    """Waits for two frames."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_it_looks_different_after_each_thing_that_one_does(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int], raised: Render
) -> None:
    page = open_page(screen)
    canvas = opened(page, site_without_worker, raised)
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    looks = [canvas.screenshot()]

    def look() -> None:
        settled(page)
        looks.append(canvas.screenshot())

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y - 30, steps=3)
    page.mouse.up()
    look()
    page.mouse.wheel(0, -300)
    look()
    expect(canvas).to_be_focused()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowLeft", "-"):
        page.keyboard.press(key)
        look()
    page.get_by_role("slider", name="Height").fill("3")
    look()

    assert len(set(looks)) == len(looks)
    assert page.url.endswith(f"/{raised.id}/")
    assert "exaggeration=3" in (page.locator("[data-exaggerated]").first.get_attribute("href") or "")
    assert page.evaluate("document.documentElement.scrollWidth") <= screen[0]


def test_one_gets_back_to_where_one_began(
    site_without_worker: str, open_page: Callable[..., Page], raised: Render
) -> None:
    page = open_page()
    canvas = opened(page, site_without_worker, raised)
    before = canvas.screenshot()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    settled(page)
    assert canvas.screenshot() == before

    page.keyboard.press("t")
    expect(page.locator(".canvas")).to_be_visible()
    expect(canvas).to_be_hidden()


def test_nothing_is_drawn_while_nothing_changes(
    site_without_worker: str, open_page: Callable[..., Page], raised: Render
) -> None:
    page = open_page()
    page.add_init_script(COUNTING)
    opened(page, site_without_worker, raised)
    before = page.evaluate("drawn")
    page.wait_for_timeout(400)
    assert page.evaluate("drawn") == before > 0

    page.keyboard.press("ArrowLeft")
    settled(page)
    assert page.evaluate("drawn") > before


def test_a_lost_context_is_drawn_again(
    site_without_worker: str, open_page: Callable[..., Page], raised: Render
) -> None:
    page = open_page()
    canvas = opened(page, site_without_worker, raised)
    before = canvas.screenshot()

    canvas.evaluate(LOSING)
    page.wait_for_timeout(100)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.evaluate("loss.restoreContext()")
    page.wait_for_timeout(100)
    settled(page)

    assert canvas.screenshot() == before


def test_a_world_becomes_a_globe(site_without_worker: str, open_page: Callable[..., Page], raised: Render) -> None:
    page = open_page()
    canvas = opened(page, site_without_worker, raised)
    flat = canvas.screenshot()
    globe = page.get_by_role("button", name="Globe")
    globe.click()
    settled(page)

    expect(globe).to_have_attribute("aria-pressed", "true")
    assert canvas.screenshot() != flat
    globe.click()
    canvas.press("Home")
    settled(page)
    assert canvas.screenshot() == flat


def test_without_webgl_the_still_picture_stays(
    site_without_worker: str, open_page: Callable[..., Page], raised: Render
) -> None:
    page = open_page()
    page.add_init_script(NO_WEBGL)
    page.goto(f"{site_without_worker}/renders/{raised.id}/")
    page.get_by_role("button", name="Relief").click()

    expect(page.locator(".tools .said")).to_have_text("This browser has no WebGL 2, so the picture stays flat.")
    expect(page.locator(".canvas")).to_be_visible()


def test_nothing_of_it_is_loaded_before_somebody_asks(
    site_without_worker: str, open_page: Callable[..., Page], raised: Render
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_without_worker}/renders/{raised.id}/", wait_until="networkidle")
    assert [url for url in asked if "relief" in url and "button" not in url] == []

    page.get_by_role("button", name="Relief").click()
    expect(page.get_by_role("application")).to_be_visible()
    assert any("height.bin" in url for url in asked)

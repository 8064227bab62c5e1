"""However it is turned and tilted, all of the relief is seen, with a margin around it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from tests.browser.test_turning_the_relief import opened, raised, settled

__all__ = ["raised"]  # a fixture
pytestmark = pytest.mark.browser
KEPT = """
const given = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  return given.call(this, kind, { ...options, preserveDrawingBuffer: true });
};
"""
# What part of the canvas is drawn on within a ring along its edge, and inside.
DRAWN = """canvas => {
  const copy = Object.assign(document.createElement("canvas"), { width: 100, height: 100 });
  const context = copy.getContext("2d");
  context.drawImage(canvas, 0, 0, 100, 100);
  const { data } = context.getImageData(0, 0, 100, 100);
  const found = [0, 0];
  for (let y = 0; y < 100; y++)
    for (let x = 0; x < 100; x++)
      found[Number(Math.min(x, y, 99 - x, 99 - y) >= 3)] += data[4 * (100 * y + x) + 3] > 0;
  return found;
}"""


def test_it_is_inside_with_a_margin_and_a_button_leads_back(
    site_without_worker: str, open_page: Callable[..., Page], screen: tuple[int, int], raised: Render
) -> None:
    page = open_page(screen)
    page.add_init_script(KEPT)
    canvas = opened(page, site_without_worker, raised)

    for keys in ("", "ArrowLeft " * 4, "ArrowDown " * 6, "ArrowRight " * 9, "ArrowUp " * 12):
        for key in keys.split():
            page.keyboard.press(key)
        settled(page)
        at_the_edge, inside = canvas.evaluate(DRAWN)
        assert at_the_edge == 0, keys
        assert inside > 1000, keys

    page.get_by_role("button", name="Back to the picture").click()
    expect(canvas).to_be_hidden()
    expect(page.locator(".canvas")).to_be_visible()

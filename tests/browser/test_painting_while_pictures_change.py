"""Regions belong to the pictures that they were made of, whatever is swapped, replaced or undone meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gallery.models import Picture
from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting
from tests.provenance import made_up
from transfer.metadata import encode
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser
SENT = """() => [...new FormData(document.querySelector('form.studio'))].map(([name]) => name)
  .filter((name) => name.includes('mask_') || name.endsWith('_mask'))"""
COUNTS = """() => [...document.querySelectorAll('.layers canvas')]
  .map(({ layer }) => layer.counts.filter((each) => each).length)"""


def with_painter(page: Page, site: str, content: Picture, style: Picture) -> None:
    page.goto(f"{site}/new/?content={content.pk}&style={style.pk}")
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    expect(page.locator(".layers canvas")).to_have_count(2)


def test_matched_masks_go_to_their_own_pictures_though_places_were_swapped(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    held: list[Route] = []
    page = open_page(bypass_csp=True)  # so that it can be waited for what a layer has
    with_painter(page, site_without_worker, make_picture(seed=1), make_picture(seed=2))
    page.evaluate("() => (window.contents = document.querySelector('.layers canvas').layer)")
    page.route("**/new/regions/", lambda route: held.append(route))
    with page.expect_request("**/new/regions/"):
        page.get_by_role("button", name="Match colours automatically").click()
    page.get_by_role("link", name="Swap content and style").click()
    expect(page.locator(".toast")).to_contain_text("swapped")
    page.wait_for_function("document.querySelectorAll('.layers canvas')[1].layer === window.contents")
    masks = page.evaluate("""() => ["#010101", "#020202"].map((colour) => {
      const context = Object.assign(document.createElement("canvas"), { width: 8, height: 8 }).getContext("2d");
      Object.assign(context, { fillStyle: colour }).fillRect(0, 0, 8, 8);
      return context.canvas.toDataURL();
    })""")

    held[0].fulfill(json={"masks": masks})

    page.wait_for_function("window.contents.counts[1] > 0")
    assert page.evaluate("document.querySelector('.layers canvas').layer.counts[2]") > 0


def test_no_mask_is_sent_for_a_picture_that_has_just_come(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    page = open_page(bypass_csp=True)  # so that it can be waited for what a layer has
    with_painter(page, site_without_worker, make_picture(seed=1), make_picture(seed=2))
    for canvas in page.locator(".layers canvas").all():
        canvas.focus()
        page.keyboard.press("Space")
    assert page.evaluate(SENT) == ["content_mask", "style_mask_1"]
    page.evaluate(f"""new MutationObserver((_, observer) => {{
      if (!document.querySelector('[data-role=style] .preview [alt="other.png"]')) return;
      observer.disconnect();
      window.sent = ({SENT})();
    }}).observe(document.querySelector('[data-role=style]'), {{ childList: true, subtree: true }})""")

    drop(page, "[data-role=style]", as_bytes(painting(seed=3)), "other.png")

    page.wait_for_function("window.sent")
    assert page.evaluate("window.sent") == ["content_mask"]


def test_a_stroke_ends_where_it_was_let_go_though_the_layers_were_laid_anew(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    page = open_page()
    with_painter(page, site_without_worker, make_picture(seed=1), make_picture(seed=2))
    canvas = page.locator(".layers canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { const all = document.querySelector('.layers'); all.replaceChildren(...all.children); }")
    page.mouse.move(2, 2)
    page.mouse.up()
    painted = page.evaluate("document.querySelector('.layers canvas').layer.labels.filter(Boolean).length")

    page.mouse.move(x - box["width"] / 3, y, steps=4)

    assert page.evaluate("document.querySelector('.layers canvas').layer.labels.filter(Boolean).length") == painted


def test_one_press_of_undo_undoes_one_stroke_after_a_recipe_came_and_went(
    site_without_worker: str, open_page: Callable[..., Page], make_picture: Callable[..., Picture]
) -> None:
    page = open_page()
    with_painter(page, site_without_worker, make_picture(seed=1), make_picture(seed=2))
    made = made_up(recipe=StyleRecipe(regions="automatic"))
    drop(page, "h1", encode(painting((64, 48)), made), "finished.png")
    expect(page.locator(".toast")).to_contain_text("filled in")
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    expect(page.locator(".layers canvas")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).last.click()
    page.locator("[name=regions]").select_option("none")
    page.locator("[name=regions]").select_option("masks")
    expect(page.locator(".layers canvas")).to_have_count(2)
    canvas = page.locator(".layers canvas").first
    for key in ("1", "2"):
        canvas.focus()
        page.keyboard.press(key)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(COUNTS)[0] == 3

    page.locator("[data-do=undo]").click()

    assert page.evaluate(COUNTS)[0] == 2

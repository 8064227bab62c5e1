"""axe-core finds no fault in what opens on a page: dialogs, panels, notices, and sections that a result may have."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from gallery.models import Picture, Render, RenderInput
from gallery.pictures import masks
from tests.browser.axe import faults
from tests.browser.dropping import drop
from tests.gallery.masks import stripes
from tests.pictures import as_bytes, painting
from transfer.recipes.style import StyleRecipe

pytestmark = pytest.mark.browser
State = Callable[[Page], None]


def cropping(page: Page) -> None:
    page.get_by_role("button", name="Content: crop or turn").click()
    page.get_by_role("dialog").get_by_role("application").wait_for()


def making(page: Page) -> None:
    page.get_by_role("link", name="Content: create one").click()
    page.locator("dialog.maker .making .result").wait_for()


def on_the_earth(page: Page) -> None:
    page.get_by_role("link", name="Content: a piece of the Earth").click()
    page.locator("dialog.maker .map").wait_for()


def choosing(page: Page) -> None:
    page.get_by_role("link", name="Content: from the gallery").click()
    page.locator("dialog.picker .choice").first.wait_for()


def painting_regions(page: Page) -> None:
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    page.get_by_role("button", name="Match colours automatically").click()
    expect(page.locator(".painter .said")).to_contain_text("All regions")


def filling(page: Page) -> None:
    painting_regions(page)
    page.get_by_label("Fill by colour").check()
    page.locator(".layers canvas").first.hover()
    expect(page.locator(".painter .would")).to_contain_text("A click takes")


def with_an_undo(page: Page) -> None:
    page.get_by_role("button", name="Style: remove").click()
    page.locator(".toast button").wait_for()


def with_a_wrong_file_and_a_notice(page: Page) -> None:
    drop(page, "[data-role=content]", as_bytes(painting().convert("CMYK"), "JPEG"), "print.jpg", "image/jpeg")
    page.locator("[data-role=content] .missing").wait_for()
    drop(page, "[data-role=style]", b"notes", "notes.txt", "text/plain")
    expect(page.locator("[data-role=style] .errors")).not_to_be_empty()


def with_a_large_preview(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Enlarge the preview").click()


def with_a_preset(page: Page) -> None:
    page.locator(".presets-here [data-values]").first.click()
    page.locator(".toast button").wait_for()


def with_pictures_that_vary(page: Page) -> None:
    page.get_by_text("Sweep: many pictures").click()
    page.locator("[name=axis_1]").select_option("content")
    content = as_bytes(painting().convert("CMYK"), "JPEG")
    files = [{"name": "print.jpg", "mimeType": "image/jpeg", "buffer": content}]
    page.locator("[data-axis='1'] [type=file]").set_input_files(files)  # type: ignore[arg-type]
    page.locator(".gathered img").wait_for()
    page.locator(".sweep-plan:has-text('previews')").wait_for()


def gathering(page: Page) -> None:
    with_pictures_that_vary(page)
    page.locator("[data-axis='1']").get_by_role("button", name="From the gallery").click()
    page.locator(".gatherer .choice").first.click()


def with_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()


STUDIO: tuple[State, ...] = (
    cropping, making, on_the_earth, choosing, painting_regions, filling, with_an_undo, with_a_wrong_file_and_a_notice,
    with_a_large_preview, with_a_preset, with_pictures_that_vary, gathering, with_the_keys,
)  # fmt: skip


def with_all_folds_open(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def comparing(page: Page) -> None:
    page.locator("[data-compare=split]").click()
    page.locator(".over:not([hidden])").wait_for()


def comparing_with_another(page: Page) -> None:
    page.get_by_label("Compare with").select_option(label="Another render…")
    page.get_by_label("A render's address").wait_for()


def printing_finely(page: Page) -> None:
    page.locator(".densities label").last.click()


def with_the_link_copied(page: Page) -> None:
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".copied")).not_to_be_empty()


RESULT: tuple[State, ...] = (
    with_all_folds_open, comparing, comparing_with_another, printing_finely, with_the_link_copied, with_the_keys,
)  # fmt: skip


@pytest.fixture
def result(alice: User, make_finished: Callable[..., Render], make_picture: Callable[..., Picture]) -> Render:
    """A render with regions, credits, an original and changed settings, of a part of a picture."""
    content = make_picture(alice, seed=1, name="harbour.jpg")
    Picture.objects.filter(pk=content.pk).update(author="A. Person", source="https://example.org/", licence="CC BY 4.0")
    Picture.objects.filter(pk=content.pk).update(origin_sha256="0" * 64, crop="0,0,0.5,1;90")
    recipe = StyleRecipe(image_size=64, num_iterations=3, strength=0.9, regions="masks", original_colors=True)
    parent = make_finished(alice, seed=5, content=content)
    found = make_finished(
        alice, seed=6, content=content, parent=parent, recipe_json=recipe.model_dump(mode="json"), title="A harbour"
    )
    for place in (0, 1):
        name = masks.store(stripes((96, 80), 1, 2, 3))
        RenderInput.objects.create(render=found, role="mask", place=place, file_id=name)
    return found


def complaints(page: Page, address: str, states: tuple[State, ...]) -> str:
    found = []
    for state in states:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        state(page)
        found += faults(page, state.__name__)
    return "\n".join(found)


@pytest.fixture
def page(open_page: Callable[..., Page], alices_browser: Client, site_without_worker: str) -> Page:
    """A page of alice's, in which axe-core may run."""
    found = open_page(bypass_csp=True, permissions=["clipboard-write"])
    session = alices_browser.cookies[settings.SESSION_COOKIE_NAME].value
    found.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site_without_worker}])
    return found


@pytest.mark.slow
def test_the_studio(
    page: Page, site_without_worker: str, make_picture: Callable[..., Picture], alice: User, result: Render
) -> None:
    content, style = (make_picture(alice, seed=seed, name=f"{seed}.png") for seed in (3, 4))

    assert not complaints(page, f"{site_without_worker}/new/?content={content.pk}&style={style.pk}", STUDIO)


@pytest.mark.slow
def test_a_result(page: Page, site_without_worker: str, result: Render) -> None:
    assert not complaints(page, f"{site_without_worker}/renders/{result.pk}/", RESULT)

"""A clip shows a frame in its place and its time in the plan before it is sent; a film plays on its page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Render
from gallery.pictures import films
from tests.pictures import painting
from tests.transfer.films import frames, write
from transfer.film.reel import encoded
from transfer.zoom.recipe import ZoomRecipe

pytestmark = pytest.mark.browser


def test_a_clip_shows_a_frame_and_what_is_none_is_refused_at_its_place(
    site_without_worker: str, open_page: Callable[..., Page], make_worker: Callable, tmp_path: Path
) -> None:
    make_worker()
    clip = write(tmp_path / "walk.mp4", frames(36, (96, 72)))
    style, notes = tmp_path / "strokes.png", tmp_path / "notes.txt"
    notes.write_text("no film")
    painting((80, 80)).save(style)
    page = open_page()
    page.goto(f"{site_without_worker}/new/?kind=film")
    place = page.locator(".drop[data-role=content]")

    place.locator("[type=file]").set_input_files(notes)
    expect(place.locator(".errors")).to_contain_text("is not a film: choose an MP4, WebM, MOV or GIF.")
    place.locator("[type=file]").set_input_files(clip)
    page.locator(".drop[data-role=style] [type=file]").set_input_files(style)

    expect(place.locator(".preview img")).to_have_attribute("src", re.compile("^data:image/jpeg"))
    assert place.locator(".preview img").get_attribute("data-size") == "96x72"
    assert float(place.locator(".preview img").get_attribute("data-seconds") or 0) == pytest.approx(3, abs=0.2)
    expect(page.locator(".plan .cost")).to_contain_text("at 512 × 384 px")
    expect(page.get_by_role("button", name="Clip: crop or turn")).to_have_count(0)


def test_a_film_plays_and_escape_leads_back(
    site_without_worker: str, open_page: Callable[..., Page], make_finished: Callable[..., Render]
) -> None:
    zoom = ZoomRecipe(image_size=64).model_dump(mode="json")
    mp4 = encoded([painting((64, 48), seed=seed) for seed in range(3)], 6)
    row = make_finished(recipe_json=zoom, **films.stored(mp4))
    page = open_page(bypass_csp=True)  # so that it can be waited for what a video does
    page.goto(site_without_worker + row.get_absolute_url())

    page.wait_for_function("document.querySelector('video').readyState > 0")
    assert page.evaluate("document.querySelector('video').duration") == pytest.approx(0.5, abs=0.05)
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{site_without_worker}/")

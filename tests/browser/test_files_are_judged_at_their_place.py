"""A file that is of no use is answered at once where it was put, by its name; what was there stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.dropping import drop
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.browser
SOON = 200  # milliseconds from the drop to the sentence
WRONG = [
    ("notes.png", b"just some notes", "“notes.png” is not a picture: choose a JPEG, PNG, WebP, AVIF or HEIC file."),
    ("nothing.jpg", b"", "“nothing.jpg” is empty: choose another file."),
    ("page.pdf", b"%PDF-1.7\n", "“page.pdf” is a PDF: save the page as a JPEG or PNG, and choose that."),
    ("icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "“icon.svg” is an SVG drawing: export it as a PNG"),
    ("dot.png", as_bytes(Image.new("RGB", (20, 30))), "“dot.png” has 20 × 30 pixels, and each side needs 64"),
    ("dot.jpg", as_bytes(Image.new("RGB", (30, 20)), "JPEG"), "“dot.jpg” has 30 × 20 pixels"),
    ("dot.webp", as_bytes(Image.new("RGB", (30, 20)), "WEBP"), "“dot.webp” has 30 × 20 pixels"),
    ("strip.png", as_bytes(Image.new("RGB", (2000, 70))), "“strip.png” is more than 20 times as long as it is wide"),
]
TIMED = """() => {
  const errors = document.querySelector("[data-role=content] .errors");
  errors.textContent = "";
  window.dropped = performance.now();
  window.told = new Promise((resolve) =>
    new MutationObserver(() => errors.textContent && resolve(performance.now() - window.dropped))
      .observe(errors, { childList: true, characterData: true, subtree: true }));
}"""

SLOW_TO_READ = """() => {
  const read = Blob.prototype.arrayBuffer;
  window.read = new Promise((resolve) => {
    Blob.prototype.arrayBuffer = async function () {
      await new Promise((passed) => setTimeout(passed, 1500));
      resolve();
      return read.call(this);
    };
  });
}"""


def test_each_is_named_and_what_was_there_stays(site_without_worker: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    place = page.locator("[data-role=content]")
    drop(page, "[data-role=content]", as_bytes(photograph()), "house.png")
    expect(place.locator(".preview img")).to_have_attribute("alt", "house.png")

    took = []
    for name, content, sentence in WRONG:
        page.evaluate(TIMED)
        drop(page, "[data-role=content]", content, name, "")
        expect(place.locator(".errors")).to_contain_text(sentence)
        took.append(page.evaluate("window.told"))
        expect(place.locator(".preview img")).to_have_attribute("alt", "house.png")
        assert place.locator("input[type=file]").evaluate("input => input.files[0].name") == "house.png"
    assert sorted(took)[len(took) // 2] < SOON

    drop(page, "[data-role=content]", as_bytes(painting()), "strokes.png")
    expect(place.locator(".errors")).to_be_empty()
    expect(place.locator(".preview img")).to_have_attribute("alt", "strokes.png")


def test_what_only_the_server_can_show_is_taken(
    site_without_worker: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """And a file with too many bytes is sent as a smaller copy."""
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=content]", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "holiday.heic", "image/heic")
    place = page.locator("[data-role=content]")
    expect(place.locator(".missing")).to_contain_text("cannot show “holiday.heic”")
    expect(place.locator(".errors")).to_be_empty()

    large = tmp_path / "large.png"
    large.write_bytes(as_bytes(painting((300, 200))) + b"\0" * (21 * 2**20))
    page.locator("input[name=style]").set_input_files(large)
    style = page.locator("[data-role=style]")
    expect(style.locator(".missing")).to_contain_text("“large.png” is large: a copy of 300 × 200 px is used.")
    assert style.locator("input[type=file]").evaluate("input => input.files[0].size") < 2**20


def test_a_file_that_was_edited_meanwhile_is_asked_for_again(
    site_without_worker: str, open_page: Callable[..., Page], picture_files: tuple[Path, Path]
) -> None:
    page = open_page()
    page.goto(f"{site_without_worker}/new/")
    for name, path in zip(("content", "style"), picture_files, strict=True):
        page.locator(f"input[name={name}]").set_input_files(path)
        expect(page.locator(f"[data-role={name}] .preview img")).to_be_visible()
    painting((200, 200), seed=5).save(picture_files[1])

    page.get_by_role("button", name="Render", exact=True).click()

    place = page.locator("[data-role=style]")
    expect(place.locator(".errors")).to_have_text("“strokes.png” was changed after you chose it: choose it again.")
    expect(page.locator("[data-role=content] .errors")).to_be_empty()
    assert page.url.endswith("/new/")


def test_the_live_preview_waits_until_a_file_is_judged(
    site_without_worker: str, open_page: Callable[..., Page]
) -> None:
    page, sent = open_page(), list[str]()
    page.goto(f"{site_without_worker}/new/")
    drop(page, "[data-role=style]", as_bytes(painting()), "strokes.png")
    expect(page.locator("[data-role=style] .preview img")).to_have_attribute("alt", "strokes.png")
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.evaluate(SLOW_TO_READ)
    drop(page, "[data-role=content]", b"just some notes", "notes.png", "")
    page.evaluate("window.read")

    expect(page.locator("[data-role=content] .errors")).to_contain_text("“notes.png” is not a picture")
    assert not [address for address in sent if "preview" in address]

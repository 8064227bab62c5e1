"""Makes the pictures in docs/tour.md: a real site in a real browser, with the project's own drawings."""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.own_site import ARGUMENTS, PATIENCE, Site

FOLDER = Path(__file__).parent.parent / "docs" / "images"
WIDE, PHONE = (1280, 860), (390, 844)
SHOWN = 1000  # px: the width of a picture in the documentation
DRAWINGS = {"village": village, "coast": coast, "brush": brush, "mosaic": mosaic}
PAIRS = (("village", "brush"), ("coast", "brush"), ("village", "mosaic"), ("coast", "mosaic"))


def main() -> int:
    """Walks through the site and saves pictures on the way."""
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is not installed.")
        return 1
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address, sync_playwright() as playwright:
        for title, draw in DRAWINGS.items():
            draw().save(Path(name) / f"{title}.jpg")
        _walk(playwright.chromium.launch(executable_path=program, args=ARGUMENTS), address, Path(name))
    return 0


def _walk(browser: Browser, address: str, folder: Path) -> None:
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    _keep(page, "first")
    for number, pair in enumerate(PAIRS):
        _render(page, address, folder, pair, first=number == 0)
    result = page.url
    identifier = result.rstrip("/").rsplit("/", 1)[1]
    page.wait_for_timeout(1000)
    _keep(page, "result")
    _compare(page)
    _regions(page, f"{address}/new/?from={identifier}")
    _dream(page, address, folder)
    _sweep(page, f"{address}/sweeps/new/?from={identifier}")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    _keep(page, "gallery")
    addresses = [address, result, f"{address}/new/?kind=dream&content_render={identifier}"]
    _phone(browser, context.storage_state(), addresses)  # type: ignore[arg-type]


def _render(page: Page, address: str, folder: Path, pair: tuple[str, str], first: bool) -> None:
    page.goto(f"{address}/new/")
    for role, title in zip(("content", "style"), pair, strict=True):
        page.locator(f"input[name={role}]").set_input_files(folder / f"{title}.jpg")
    if first:
        page.get_by_text("This is the preview.").wait_for()
        _keep(page, "studio")
    page.get_by_role("button", name="Render", exact=True).click()
    if first:
        page.locator(".rungs li:nth-child(n + 3)[aria-current]").wait_for()
        _keep(page, "watching")
    page.locator("[data-status=completed]").wait_for()


def _compare(page: Page) -> None:
    page.get_by_role("button", name="Compare", exact=True).click()
    page.locator(".over:not([hidden]) img").wait_for()
    page.wait_for_timeout(500)
    _keep(page, "compare", page.locator(".viewer").bounding_box())


def _regions(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".regions summary").click()
    page.locator("[name=regions]").select_option("masks")
    page.get_by_role("button", name="Match colours automatically").click()
    page.get_by_text("All regions are in the content").wait_for()
    page.locator(".regions summary").evaluate("each => each.scrollIntoView()")
    _keep(page, "regions")


def _dream(page: Page, address: str, folder: Path) -> None:
    """The studio of another kind of work, with its preview; then it is painted, and so is a variation."""
    for kind, title in (("variation", "coast"), ("dream", "village")):
        page.goto(f"{address}/new/?kind={kind}")
        page.locator("input[name=content]").set_input_files(folder / f"{title}.jpg")
        page.get_by_text("This is the preview.").wait_for()
        if kind == "dream":
            _keep(page, "dream")
        page.get_by_role("button", name="Render", exact=True).click()
        page.locator("[data-status=completed]").wait_for()


def _sweep(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[name=values_1]").fill("0.2, 0.5, 0.8")
    page.locator("[name=axis_2]").select_option("style_scale")
    page.locator("[name=values_2]").fill("0.5, 1.5")
    page.get_by_role("button", name="Render the sweep").click()
    page.wait_for_url("**/sweeps/*-*/")
    page.locator("main td img").nth(5).wait_for()
    page.get_by_text("All 6 are painted").wait_for()
    _keep(page, "sweep")


def _phone(browser: Browser, state: dict[str, object], addresses: list[str]) -> None:
    """Three pages side by side, as a phone shows them."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        color_scheme="dark",
        storage_state=state,  # type: ignore[arg-type]
    )
    page = context.new_page()
    sheet = Image.new("RGB", (3 * PHONE[0] + 40, PHONE[1]), "white")
    for number, address in enumerate(addresses):
        page.goto(address)
        page.wait_for_timeout(1000)
        sheet.paste(Image.open(io.BytesIO(page.screenshot())), (number * (PHONE[0] + 20), 0))
    _save(sheet, "phone")


def _keep(page: Page, name: str, box: object = None) -> None:
    shot = page.screenshot(clip=box) if box else page.screenshot()  # type: ignore[arg-type]
    _save(Image.open(io.BytesIO(shot)).convert("RGB"), name)


def _save(picture: Image.Image, name: str) -> None:
    size = (SHOWN, round(picture.height * SHOWN / picture.width))
    picture.resize(size, Image.Resampling.LANCZOS).save(FOLDER / f"tour_{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    sys.exit(main())

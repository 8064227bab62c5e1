"""The time from a changed setting to the new preview in the studio, in a real browser at a real site.

Alone on the machine but for the browser, and while the only worker paints a render of 2048 px.
"""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.own_site import ARGUMENTS, PATIENCE, Site, draw_pair, fill_in
from benchmarks.table import print_table

RUNS = 7
GOES_ON = 9_000  # milliseconds between two changes, in which the large render goes on
AIMS = {"first picture": 0.2, "whole preview": 6.0}  # seconds
CHANGE = """
(strength) => new Promise((resolve) => {
  const panel = document.querySelector(".live-preview");
  const [image, state] = [panel.querySelector("img"), panel.querySelector(".says")];
  const [before, began] = [image.src, performance.now()];
  let first;
  const observer = new MutationObserver(() => {
    const seconds = (performance.now() - began) / 1000;
    if (image.src !== before) first ??= seconds;
    if (!first || !state.textContent.startsWith("This is")) return;
    observer.disconnect();
    resolve([first, seconds]);
  });
  observer.observe(panel, { subtree: true, attributes: true, childList: true, characterData: true });
  const field = document.querySelector("[name=strength]");
  field.value = strength;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


def measured() -> Iterator[dict[str, object]]:
    """Medians over a few changes of the default recipe, of village and brush, after a first preview."""
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "aim": "", "median s": "", "all": ""}
        return
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address, sync_playwright() as playwright:
        draw_pair(Path(name))
        context = playwright.chromium.launch(executable_path=program, args=ARGUMENTS).new_context()
        context.set_default_timeout(PATIENCE)
        page = _studio(context, address, Path(name))
        page.locator(".live-preview .says", has_text="This is").wait_for()
        yield from _rows("a changed setting", _changes(page, 0.30))
        _begin_large(context, address, Path(name))
        yield from _rows("the same while 2048 px are painted", _changes(page, 0.60, GOES_ON))


def _studio(context: BrowserContext, address: str, folder: Path) -> Page:
    page = context.new_page()
    fill_in(page, address, folder)
    return page


def _begin_large(context: BrowserContext, address: str, folder: Path) -> None:
    page = _studio(context, address, folder)
    page.locator("input[name=image_size]").fill("2048")
    page.get_by_role("button", name="Render", exact=True).click()
    page.locator(".rungs [aria-current]", has_text="724").wait_for()
    page.close()


def _changes(page: Page, strength: float, pause: int = 500) -> list[tuple[float, float]]:
    page.bring_to_front()
    found = []
    for number in range(RUNS):
        page.wait_for_timeout(pause)
        first, whole = page.evaluate(CHANGE, f"{strength + 0.01 * number:.2f}")
        found.append((first, whole))
    return found


def _rows(what: str, found: list[tuple[float, float]]) -> Iterator[dict[str, object]]:
    for column, (which, aim) in enumerate(AIMS.items()):
        times = [run[column] for run in found]
        every = ", ".join(f"{seconds:.2f}" for seconds in times)
        yield {"what": f"{what}: {which}", "aim": aim, "median s": round(statistics.median(times), 2), "all": every}


if __name__ == "__main__":
    print_table("The live preview in the studio", measured())

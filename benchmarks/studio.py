"""The time from pressing Render to a painted preview and to the finished picture, in a real browser at a real site."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.own_site import ARGUMENTS, PATIENCE, Site, draw_pair, fill_in

RUNS = 3


def measured() -> Iterator[dict[str, object]]:
    """Medians over a few renders, after a first one that only warms the disk's cache."""
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "median s": "", "all": ""}
        return
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address, sync_playwright() as playwright:
        draw_pair(Path(name))
        page = playwright.chromium.launch(executable_path=program, args=ARGUMENTS).new_page()
        page.set_default_timeout(PATIENCE)
        found = [_press(page, address, Path(name)) for _ in range(RUNS)]
    for column, what in enumerate(("press to painted preview", "press to finished picture")):
        times = [run[column] for run in found]
        yield {
            "what": what,
            "median s": round(statistics.median(times), 1),
            "all": ", ".join(f"{seconds:.1f}" for seconds in times),
        }


def _press(page: Page, address: str, folder: Path) -> tuple[float, float]:
    fill_in(page, address, folder)
    began = time.monotonic()
    page.get_by_role("button", name="Render", exact=True).click()
    page.locator(".stage img[src*='frame.jpg']").wait_for()
    painted = time.monotonic() - began
    page.locator("[data-status=completed]").wait_for()
    return painted, time.monotonic() - began

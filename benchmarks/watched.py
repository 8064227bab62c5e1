"""Whole renders at a site as `up` starts it: alone on the machine, and beside a browser that watches them."""

import json
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.own_site import ARGUMENTS, PATIENCE, Site, draw_pair, fill_in
from benchmarks.table import print_table

RUNS = {256: 5, 512: 5, 1024: 3}  # by size in px
ASK_EVERY = 0.2  # seconds
WITHOUT_PREVIEW = "localStorage.setItem('stylesite-live-preview', 'off')"


def measured() -> Iterator[dict[str, object]]:
    """Median seconds from the submission to the finished picture; the two ways take turns."""
    program = shutil.which("chromium")
    if program is None:
        yield {"size": "Chromium is not installed: not measured", "alone, s": "", "watched, s": "", "ratio": ""}
        return
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address, sync_playwright() as playwright:
        draw_pair(Path(name))
        page = playwright.chromium.launch(executable_path=program, args=ARGUMENTS).new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WITHOUT_PREVIEW)
        _seconds(page, address, Path(name), 256, 0.2, is_watched=True)  # warms the disk's cache
        strengths = iter(0.3 + 0.01 * number for number in range(2 * sum(RUNS.values())))
        for size, runs in RUNS.items():
            found = [
                [_seconds(page, address, Path(name), size, next(strengths), way) for way in (False, True)]
                for _ in range(runs)
            ]
            alone, watched = (statistics.median(run[way] for run in found) for way in (0, 1))
            told = {"alone, s": round(alone, 1), "watched, s": round(watched, 1), "ratio": f"{watched / alone:.2f}"}
            yield {"size": f"{size} px", **told}


def _seconds(page: Page, address: str, folder: Path, size: int, strength: float, is_watched: bool) -> float:
    """Of one render, by a recipe of its own, so that nothing of it was painted before."""
    fill_in(page, address, folder)
    page.locator("input[name=image_size]").fill(str(size))
    page.locator("input[name=strength]").fill(f"{strength:.2f}")
    page.get_by_role("button", name="Render", exact=True).click()
    page.wait_for_url("**/renders/**")
    began, status = time.monotonic(), f"{page.url}status.json"
    if not is_watched:
        page.goto("about:blank")
    while True:
        with urllib.request.urlopen(status, timeout=60) as response:
            if json.load(response)["status"] == "completed":
                return time.monotonic() - began
        time.sleep(ASK_EVERY)


if __name__ == "__main__":
    print_table("Renders alone, and beside a browser that watches", measured())

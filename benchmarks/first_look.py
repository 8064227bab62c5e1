"""How soon the gallery appears over a slow line, how much its layout shifts, and the size of its scripts and styles."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.own_site import ARGUMENTS
from benchmarks.web import site

RUNS, RENDERS = 5, 60
SCREENS = {"1440 px": {"width": 1440, "height": 900}, "390 px": {"width": 390, "height": 844}}
# 150 ms round trip, 1.6 Mbit/s down and 750 kbit/s up: Chromium's "Fast 3G".
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
WATCH = """
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
OWN = """
  performance.getEntriesByType("resource")
    .filter(({ name }) => /\\/static\\/(?!django_htmx).*\\.(js|css)$/.test(name))
    .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def measured() -> Iterator[dict[str, object]]:
    """Medians over runs that each start with an empty cache and no connection."""
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "aim": "", "median": "", "all": ""}
        return
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STYLESITE_DATA": data, "DJANGO_SETTINGS_MODULE": "stylesite.settings"}
        subprocess.run([sys.executable, "-m", "benchmarks.first_look"], env=environment, check=True)
        with site(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for screen, size in SCREENS.items():
                looks = [_look(browser, address, size) for _ in range(RUNS)]
                painted, moved = [look[0] for look in looks], [look[1] for look in looks]
                yield _row(f"first contentful paint, {screen}, s", "1.5", painted)
                yield _row(f"cumulative layout shift, {screen}", "0.02", moved)
                weight = looks[0][2]
    every = sum(path.stat().st_size for path in Path("static").rglob("*") if path.suffix in (".js", ".css"))
    yield {"what": "own scripts and styles of it, kB", "aim": "60", "median": f"{weight / 1000:.1f}", "all": ""}
    yield {"what": "those of all pages, kB", "aim": "", "median": f"{every / 1000:.1f}", "all": ""}


def _row(what: str, aim: str, found: list[float]) -> dict[str, object]:
    every = ", ".join(f"{value:.2f}" for value in found)
    return {"what": what, "aim": aim, "median": f"{statistics.median(found):.3f}", "all": every}


def _look(browser: Browser, address: str, size: dict[str, int]) -> tuple[float, float, int]:
    """Seconds to the first contentful paint, the layout shift while scrolling, and bytes of our scripts and styles."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        devtools.send("Network.emulateNetworkConditions", LINE)
        page.goto(address, wait_until="load", timeout=120_000)
        page.evaluate("scrollTo(0, 600)")
        page.wait_for_load_state("networkidle", timeout=120_000)
        return page.evaluate(PAINTED) / 1000, page.evaluate("window.moved"), page.evaluate(OWN)
    finally:
        context.close()


def _fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.drawings import brush, village
    from gallery.accounts.person import Person
    from gallery.models import Pair, Render
    from gallery.pictures import blobs, thumbnails, uploads
    from transfer.recipes.style import StyleRecipe

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    nobody = Person(None, "")
    content = uploads.store(uploads.Decoded(village(), "village.jpg"), nobody)
    style = uploads.store(uploads.Decoded(brush(), "brush.jpg"), nobody)
    pair = Pair.objects.create(content=content, style=style)
    recipe = StyleRecipe().model_dump(mode="json")
    for number in range(RENDERS):
        picture = village().rotate(3 * number).resize((512, (384, 512, 340)[number % 3]))
        render = Render.objects.create(
            pair=pair, recipe_json=recipe, status="completed", width=picture.width, height=picture.height,
            output_id=blobs.store("renders", picture.tobytes(), ".png"), title=f"Village {number}",
            **thumbnails.make(picture).fields(),
        )  # fmt: skip
        render.inputs.create(role="content", picture=content)
        render.inputs.create(role="style", place=1, picture=style)


if __name__ == "__main__":
    _fill()

"""How long pictures out of numbers take: each generator by itself, and as somebody in a browser waits for them.

`python -m benchmarks.synthesis GENERATOR SIZE` makes one picture and prints its seconds and the peak memory in bytes.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.own_site import ARGUMENTS, PATIENCE, Site
from benchmarks.peak import peak
from benchmarks.table import print_table
from transfer.pausing import finish
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.made import height_png
from transfer.synthesis.recipes.heightmap import HeightmapRecipe

RUNS, WARMING = 9, 3  # moves that count, and moves before them, which both web processes load what they need in
SMALL, MEDIUM, LARGE = 256, 1024, 4096
AIMS = {"world": "1.5", "earth": ""}  # seconds at MEDIUM; all others have AIM
AIM = "1"


def generators() -> Iterator[dict[str, object]]:
    """Median seconds of each generator, after one picture that only loads what is needed."""
    for name in GENERATORS:
        _seconds(name, SMALL)
        small, medium = (statistics.median(_seconds(name, size) for _ in range(RUNS)) for size in (SMALL, MEDIUM))
        yield {
            "generator": name,
            f"{SMALL} px, s": small,
            f"{MEDIUM} px, s": medium,
            "aim, at most": AIMS.get(name, AIM),
        }


def large() -> Iterator[dict[str, object]]:
    """A large world, in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.synthesis", "world", str(LARGE)]
    seconds, memory = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    yield {"what": f"world of {LARGE} px, s", "measured": float(seconds), "aim, at most": 20}
    yield {"what": "its peak memory, GiB", "measured": int(memory) / 2**30, "aim, at most": 2}


def in_a_browser() -> Iterator[dict[str, object]]:
    """From the move of a field to the new preview while nothing is painted, and from Paint on a fresh site to the first
    painted frame.

    Where a preview takes long, a small one comes first: "first" is whichever is seen first, "exact" the one of 256 px.
    """
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "median": "", "all": "", "aim, at most": ""}
        return
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as address, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=program, args=ARGUMENTS).new_page()
        page.set_default_timeout(PATIENCE)
        for name in GENERATORS:
            page.goto(f"{address}/make/{name}/", wait_until="networkidle")
            moves = [_move(page, number) for number in range(RUNS + WARMING)][WARMING:]
            for column, which in enumerate(("first", "exact")):
                yield _row(f"a field of {name} to its {which} preview, ms", [move[column] for move in moves], 150)
        page.goto(f"{address}/make/map/", wait_until="networkidle")
        page.locator("input[name=map]").set_input_files(_heightmap(Path(folder)))
        page.locator("input[name=of]").wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        moves = [_move(page, number) for number in range(RUNS + WARMING)][WARMING:]
        for column, which in enumerate(("first", "exact")):
            yield _row(f"a field of somebody's map to its {which} preview, ms", [move[column] for move in moves], 150)
        page.goto(f"{address}/", wait_until="networkidle")
        yield _row("Paint on the first page to the first painted frame, s", [_paint(page)], 5)


def _row(what: str, times: list[float], aim: float) -> dict[str, object]:
    found = ", ".join(f"{each:.3g}" for each in times)
    return {"what": what, "median": statistics.median(times), "all": found, "aim, at most": aim}


def _paint(page: Page) -> float:
    began = time.monotonic()
    page.get_by_role("button", name="Paint", exact=True).click()
    page.locator(".stage img[src*='frame.jpg']").wait_for()
    return time.monotonic() - began


# Moves a number by a script, and waits for the first picture that follows from it, and for the one of 256 px.
MOVE = """(number) => new Promise((done) => {
  const image = document.querySelector(".making img.result");
  const field = document.querySelector(".making :is(input[name=seed], input[name=west], input[name=peak])");
  const began = performance.now();
  let first;
  const seen = () => {
    const now = performance.now() - began;
    first ??= now;
    if (Math.max(image.naturalWidth, image.naturalHeight) < 256) return;
    image.removeEventListener("load", seen);
    setTimeout(() => done([first, now]), 50);
  };
  image.addEventListener("load", seen);
  field.value = Number(field.value || -80) + 1 + number % 2;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def _move(page: Page, number: int) -> tuple[float, float]:
    first, exact = page.evaluate(MOVE, number)
    return float(first), float(exact)


def _heightmap(folder: Path) -> Path:
    """A map as somebody brings it: heights of 16 bits, 1024 px."""
    recipe = HeightmapRecipe(image_size=MEDIUM, seed=3)
    made = finish(GENERATORS[HeightmapRecipe.kind].make(recipe))
    assert made.height is not None  # noqa: S101
    found = folder / "heights.png"
    found.write_bytes(height_png(made.height, made.sea))
    return found


def _seconds(name: str, size: int) -> float:
    generator = GENERATORS[name]
    recipe = generator.recipe(image_size=size)
    began = time.perf_counter()
    finish(generator.make(recipe))
    return time.perf_counter() - began


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(_seconds(sys.argv[1], int(sys.argv[2])), peak())
    else:
        print_table("Pictures out of numbers", generators())
        print_table("A large world", large())
        print_table("In a browser", in_a_browser())

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

from benchmarks.peak import peak
from benchmarks.studio import ARGUMENTS, PATIENCE, Site
from benchmarks.table import print_table
from transfer.synthesis.generators import GENERATORS
from transfer.synthesis.made import finish

RUNS = 5
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
    """From the move of a field to the new preview, and on a fresh site from Paint to the first painted frame."""
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "median": "", "all": "", "aim, at most": ""}
        return
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as address, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=program, args=ARGUMENTS).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/", wait_until="networkidle")
        yield _row("Paint on the first page to the first painted frame, s", [_paint(page)], 5)
        for name in GENERATORS:
            page.goto(f"{address}/make/{name}/", wait_until="networkidle")
            moves = [_move(page, number) for number in range(RUNS + 1)][1:]
            yield _row(f"a field of {name} to its new preview, ms", moves, 150)


def _row(what: str, times: list[float], aim: float) -> dict[str, object]:
    found = ", ".join(f"{each:.3g}" for each in times)
    return {"what": what, "median": statistics.median(times), "all": found, "aim, at most": aim}


def _paint(page: Page) -> float:
    began = time.monotonic()
    page.get_by_role("button", name="Paint", exact=True).click()
    page.locator(".stage img[src*='frame.jpg']").wait_for()
    return time.monotonic() - began


# Moves a slider or a number by a script, and waits for the picture that follows from it.
MOVE = """(number) => new Promise((done) => {
  const image = document.querySelector(".making img.result");
  const [field] = [...document.querySelectorAll(".making input[name=seed], .making input[name=west]")];
  const began = performance.now();
  image.addEventListener("load", () => done(performance.now() - began), { once: true });
  field.value = Number(field.value || -80) + 1 + number % 2;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def _move(page: Page, number: int) -> float:
    return float(page.evaluate(MOVE, number))


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

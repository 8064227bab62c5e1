"""The time from pressing Render to a painted preview and to the finished picture, in a real browser at a real site."""

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.drawings import brush, village

RUNS = 3
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 300_000  # milliseconds


def measured() -> Iterator[dict[str, object]]:
    """Medians over a few renders, after a first one that only warms the disk's cache."""
    program = shutil.which("chromium")
    if program is None:
        yield {"what": "Chromium is not installed: not measured", "median s": "", "all": ""}
        return
    with tempfile.TemporaryDirectory() as name, Site(Path(name)) as address, sync_playwright() as playwright:
        village().save(Path(name) / "village.jpg")
        brush().save(Path(name) / "brush.jpg")
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
    page.goto(f"{address}/new/")
    page.locator("input[name=content]").set_input_files(folder / "village.jpg")
    page.locator("input[name=style]").set_input_files(folder / "brush.jpg")
    began = time.monotonic()
    page.get_by_role("button", name="Render", exact=True).click()
    page.locator(".stage img[src*='frame.jpg']").wait_for()
    painted = time.monotonic() - began
    page.locator("[data-status=completed]").wait_for()
    return painted, time.monotonic() - began


class Site:
    """`manage.py up` in an empty data folder, run from the project's files in `tree`; ready once its worker is."""

    def __init__(self, data: Path, tree: Path = Path(), environment: Mapping[str, str] = os.environ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.tree = tree
        self.environment = {**environment, "STYLESITE_DATA": str(data / "data"), "PORT": str(self.port)}

    def __enter__(self) -> str:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=self.tree, env=self.environment, stdout=subprocess.DEVNULL
        )
        address = f"http://127.0.0.1:{self.port}"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if _is_healthy(address):
                return address
            time.sleep(0.5)
        self.__exit__()
        raise TimeoutError("the site does not come up")

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False

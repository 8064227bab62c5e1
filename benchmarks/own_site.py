"""A site of its own for a benchmark, and a browser's studio filled in there."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.drawings import brush, village

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 300_000  # milliseconds


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


def draw_pair(folder: Path) -> None:
    """A content and a style as files."""
    village().save(folder / "village.jpg")
    brush().save(folder / "brush.jpg")


def fill_in(page: Page, address: str, folder: Path) -> None:
    """Opens the studio with the pair that `draw_pair` has left in the folder."""
    page.goto(f"{address}/new/")
    page.locator("input[name=content]").set_input_files(folder / "village.jpg")
    page.locator("input[name=style]").set_input_files(folder / "brush.jpg")

"""A real browser and a real site: Debian's Chromium, gunicorn, a worker."""

import contextlib
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from redis import Redis

from gallery.processes.parts import Part, wait_until
from tests.conftest import LOGS, PATIENCE
from tests.pictures import painting, photograph

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
ARGUMENTS += ["--enable-unsafe-swiftshader"]  # WebGL, drawn by the processor
expect.set_options(timeout=PATIENCE * 1000)
SCREENS = {"wide": (1440, 900), "phone": (390, 844)}


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    """Every test starts without checkpoints."""
    shutil.rmtree(Path(settings.DATA) / "checkpoints", ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. If it is missing, tests skip, or fail if STYLESITE_REQUIRE_BROWSER is set."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sentence = "Chromium is not installed: `apt install chromium` runs the browser tests too"
        if os.environ.get("STYLESITE_REQUIRE_BROWSER"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def site(site_without_worker: str, worker: Part) -> str:
    """The address of a running site with a worker."""
    return site_without_worker


@pytest.fixture
def site_without_worker(transactional_db: None, clean_queue: Redis) -> Iterator[str]:
    """The address of a running site without a worker, so that rows stay as the test makes them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    part = Part("web", [*words, "--threads", "4", "--no-control-socket"], LOGS / "web.log")
    part.start()

    def listens() -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    assert wait_until(listens, part, PATIENCE), part.why_it_ended()
    yield f"http://127.0.0.1:{port}"
    part.stop()


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> tuple[int, int]:
    """A wide window, and a phone's."""
    return SCREENS[request.param]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh browser profile; a script error fails the test."""
    contexts = []
    faults: list[str] = []

    def opened(size: tuple[int, int] = SCREENS["wide"], **options: object) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def alices_page(site_without_worker: str, open_page: Callable[..., Page], alices_browser: Client) -> Page:
    """An empty page of a browser in which Alice is logged in at the site without a worker."""
    page = open_page()
    log_in(page, alices_browser, site_without_worker)
    return page


@pytest.fixture
def picture_files(tmp_path: Path) -> tuple[Path, Path]:
    """A content and a style on disk."""
    content, style = tmp_path / "house.jpg", tmp_path / "strokes.png"
    photograph((320, 240)).save(content)
    painting((256, 256)).save(style)
    return content, style


def log_in(page: Page, client: Client, site: str) -> None:
    """Gives the page's browser profile the session that the client has."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])

"""What revision 7229ad5 has left, unpacked and run by this revision: the folder, the site, and people's browsers.

It knows manage.py, environment variables and addresses of the project, and reads tables only for what no page tells.
"""

import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

OLD_CSRF = "stylesite_csrf"  # the cookie of the old revision

ARCHIVE = Path(__file__).with_name("installation.tar.xz")
A_DAY = timedelta(days=1)
PATIENCE = 120.0  # seconds for anything that a busy machine may take


class Installation:
    """A data folder with what is known of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"

    @classmethod
    def unpacked(cls, folder: Path, left: timedelta = timedelta()) -> "Installation":
        """The one in the archive, as if its worker had died `left` ago, and its files had been there for a day."""
        with tarfile.open(ARCHIVE) as archive:
            archive.extractall(folder, filter="data")
        written = (datetime.now(UTC) - A_DAY).timestamp()
        for path in folder.rglob("*"):
            os.utime(path, (written, written))
        found = cls(folder)
        found._move_times(datetime.now(UTC) - left - datetime.fromisoformat(found.about["made"]))
        return found

    @cached_property
    def about(self) -> dict[str, Any]:
        """See recording.py."""
        return dict(json.loads((self.folder / "about.json").read_text()))

    @property
    def environment(self) -> dict[str, str]:
        """Of its processes. They paint with one thread, as those of the old revision did."""
        own = {"STYLESITE_DATA": str(self.data), "STYLESITE_SECRET_KEY": self.about["secret_key"]}
        inherited = {name: value for name, value in os.environ.items() if name != "STYLESITE_MEMORY"}
        return {**inherited, **own, "OMP_NUM_THREADS": "1"}

    def copied(self, folder: Path) -> "Installation":
        """Another one like it; no process must be using it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Installation(folder)

    def manage(self, *words: str) -> str:
        """What a management command prints; it must not fail."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def files(self) -> set[str]:
        """The names of all stored files."""
        media = self.data / "media"
        return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}

    def render(self, identifier: str) -> dict[str, Any]:
        """A render's row."""
        with closing(sqlite3.connect(self.data / "stylesite.sqlite3", timeout=PATIENCE)) as database:
            database.row_factory = sqlite3.Row
            select = "SELECT * FROM gallery_render WHERE id = ?"
            return dict(database.execute(select, [uuid.UUID(identifier).hex]).fetchone())

    def _move_times(self, by: timedelta) -> None:
        """Every moment in the database; its schema is that of the old revision still."""
        with closing(sqlite3.connect(self.data / "stylesite.sqlite3")) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
                for column in (name for _, name, kind, *_ in columns if kind == "datetime"):
                    for row, text in database.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall():  # noqa: S608
                        moved = text and (datetime.fromisoformat(text) + by).isoformat(" ")
                        database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [moved, row])  # noqa: S608
            database.commit()


@dataclass(frozen=True)
class Answer:
    """What an address answers; `place` is where a redirect leads."""

    status: int
    body: bytes
    place: str


class Browser:
    """Somebody's browser, with the cookie that the old revision gave it."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port = port
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.token = {"X-CSRFToken": cookies[OLD_CSRF]}

    def get(self, address: str) -> Answer:
        """Asks; redirects are answers too."""
        return self._ask("GET", address)

    def post(self, address: str, **fields: object) -> Answer:
        """Sends a form, whose values may be open files."""
        kind = {"Content-Type": MULTIPART_CONTENT}
        return self._ask("POST", address, encode_multipart(BOUNDARY, fields), {**self.token, **kind})

    def _ask(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, urllib.parse.quote(address, "/?&=:%"), body, {**self.headers, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, response.read(), response.getheader("Location", ""))


class Site:
    """A running site on an installation."""

    def __init__(self, installation: Installation, port: int) -> None:
        self.installation, self.port = installation, port

    def browser_of(self, person: str) -> Browser:
        """Of alice, of charlie, who is staff, or of the visitor."""
        about = self.installation.about
        return Browser(self.port, {about["cookie"]: about["people"][person], OLD_CSRF: "a" * 32})

    def status_of(self, identifier: str) -> dict[str, Any]:
        """What status.json says of a render."""
        return dict(json.loads(self.browser_of("visitor").get(f"/renders/{identifier}/status.json").body))

    def wait_until_finished(self, identifier: str) -> dict[str, Any]:
        """Waits until a render is over, and gives its row."""
        wait_until(
            lambda: self.status_of(identifier)["status"] in ("completed", "failed", "canceled"), "a render is over"
        )
        row = self.installation.render(identifier)
        assert row["status"] == "completed", row["error"]
        return row


@contextmanager
def web(installation: Installation, redis_url: str) -> Iterator[Site]:
    """Only the site: nobody paints. The installation is migrated already."""
    port = free_port()
    words = ["-m", "gunicorn", "stylesite.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    (installation.data / "static").symlink_to(settings.STATIC_ROOT)
    with _running(installation, [*words, "--threads", "4", "--no-control-socket"], {"REDIS_URL": redis_url}):
        yield from _answering(Site(installation, port), "/login/")


@contextmanager
def up(installation: Installation) -> Iterator[Site]:
    """`manage.py up`, which is all that there is to an upgrade."""
    port = free_port()
    with _running(installation, ["manage.py", "up", "--port", str(port)], {}):
        yield from _answering(Site(installation, port), "/healthz")


@contextmanager
def _running(installation: Installation, words: list[str], more: dict[str, str]) -> Iterator[None]:
    log = installation.folder / "log"
    environment = {**installation.environment, **more}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *words], env=environment, cwd=settings.BASE_DIR, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield
    except AssertionError as error:
        error.add_note(log.read_text())
        raise
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answering(site: Site, address: str) -> Iterator[Site]:
    def answers() -> bool:
        try:
            return site.browser_of("visitor").get(address).status == 200
        except OSError:
            return False

    wait_until(answers, f"{address} answers")
    yield site


def wait_until(ready: Callable[[], object], what: str) -> None:
    """Fails with a sentence when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < deadline, f"within {PATIENCE} s, this did not become true: {what}"
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

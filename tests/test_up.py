"""`manage.py up`: one command starts everything, says where, and stops everything."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.alone

PATIENCE = 120.0


class Running:
    """A running `up`, and its output so far."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.output = data.parent / f"{data.name}.output"
        with self.output.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                env={**os.environ, "STYLESITE_DATA": str(data), "PORT": str(port)},
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def printed(self) -> str:
        return self.output.read_text()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Waits until it prints something."""
        return self.wait_until(lambda: re.search(pattern, self.printed()), pattern)

    def wait_until(self, condition: Callable[[], object], what: str) -> object:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.1)
        raise AssertionError(f"not seen: {what}\n{self.printed()}")

    def health(self) -> dict[str, object]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            return json.load(error)
        except OSError:
            return {"status": "down"}

    def wait_until_healthy(self) -> None:
        self.wait_until(lambda: self.health()["status"] == "ok", "a healthy site")

    def children(self) -> dict[str, int]:
        """The process ids of the running parts, by name."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
                words = (path.parent / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                line = " ".join(words)
                named = [part for part in ("worker", "instant") if part in words]
                name = named[0] if named else "web" if "gunicorn" in line else "redis"
                found[name] = int(path.parent.name)
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts `up`; whatever still runs at the end of the test is stopped."""
    started: list[Running] = []

    def start(data: Path | None = None, port: int | None = None) -> Running:
        running = Running(data or tmp_path / "data", port or _free_port())
        started.append(running)
        return running

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_it_prints_the_address_and_once_the_admins_password_and_ctrl_c_ends_every_process(
    up: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of any name, and in the plainest locale."""
    monkeypatch.setenv("LC_ALL", "C")
    first = up(tmp_path / 'it\'s a "Bäume" $HOME %20 #?')
    first.wait_for(rf"Stylesite is at http://127\.0\.0\.1:{first.port}\b")
    assert re.search(r"name admin and the password \S{12,}", first.printed())
    first.wait_until_healthy()
    parts = first.children()
    assert set(parts) == {"redis", "worker", "web", "instant"}
    _change_the_password_as_it_says(first)

    assert first.stop() == 0
    first.wait_until(lambda: all(map(_is_gone, parts.values())), "the end of every part")
    assert "Traceback" not in first.printed()

    second = up(first.data, first.port)
    second.wait_until(lambda: second.printed().count("Stylesite is at") == 2, "a second start")
    assert second.printed().count("password") == first.printed().count("password")
    second.wait_until_healthy()


@pytest.mark.slow
def test_the_site_goes_on_without_instant_pictures_where_their_process_cannot_stay(up: Callable[..., Running]) -> None:
    running = up()
    running.wait_until_healthy()
    for times in range(1, 6):
        running.wait_until(lambda: "instant" in running.children(), "the process for instant pictures")
        os.kill(running.children()["instant"], signal.SIGKILL)
        running.wait_until(lambda: running.printed().count("instant was killed") == times, "a word on its end")  # noqa: B023
    running.wait_for("The studio goes on without instant pictures.")
    assert running.health()["status"] == "ok"
    assert running.process.poll() is None


@pytest.mark.slow
def test_a_killed_worker_is_named_and_started_again(up: Callable[..., Running]) -> None:
    running = up()
    running.wait_until_healthy()
    killed = running.children()["worker"]
    os.kill(killed, signal.SIGKILL)
    running.wait_for(r"worker was killed by SIGKILL")
    running.wait_until(lambda: running.children().get("worker", killed) != killed, "a new worker")
    running.wait_until_healthy()


@pytest.mark.slow
def test_when_the_queue_dies_it_says_so_and_ends_everything(up: Callable[..., Running]) -> None:
    running = up()
    running.wait_until_healthy()
    parts = running.children()
    os.kill(parts["redis"], signal.SIGKILL)
    assert running.process.wait(PATIENCE) == 1
    assert "redis was killed by SIGKILL" in running.printed()
    assert "Traceback" not in running.printed()
    running.wait_until(lambda: all(map(_is_gone, parts.values())), "the end of every part")


@pytest.mark.slow
def test_when_it_is_killed_itself_no_part_outlives_it(up: Callable[..., Running]) -> None:
    running = up()
    running.wait_until_healthy()
    parts = running.children()
    running.process.kill()
    running.process.wait()
    running.wait_until(lambda: all(map(_is_gone, parts.values())), "the end of every part")


def test_a_machine_in_use(up: Callable[..., Running], tmp_path: Path) -> None:
    """By another program, another site, and the same site."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        first = up(port=taken.getsockname()[1])
        found = first.wait_for(r"Port (\d+) is taken by another program: this one gets (\d+)\.")
        first.port = int(found[2])
        first.wait_for(rf"Stylesite is at http://127\.0\.0\.1:{first.port}\n")

    same = up(first.data)
    assert same.process.wait(PATIENCE) == 1
    assert f"running already on {first.data}, at http://127.0.0.1:{first.port}." in same.printed()
    assert f"`kill {first.process.pid}`" in same.printed()

    other = up(tmp_path / "other", first.port)
    other.wait_for(rf"Port {first.port} is taken by the Stylesite of {re.escape(str(first.data))}: this one gets \d+")
    other.wait_for("Preparing the database")
    first.wait_until_healthy()


DURING_A_COLLECTION = """
import gc, os, signal, sys

def interrupt(phase, information):
    if sys.argv[1:] == ["up"] and signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        gc.callbacks.remove(interrupt)
        os.kill(os.getpid(), signal.SIGINT)

gc.callbacks.append(interrupt)
"""


def test_ctrl_c_counts_also_while_python_clears_objects_away(
    up: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that is raised then goes no further."""
    (tmp_path / "sitecustomize.py").write_text(DURING_A_COLLECTION)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    running = up()
    assert running.process.wait(PATIENCE) == 0
    assert "Exception ignored" in running.printed()
    assert "Stopping." in running.printed()


def _change_the_password_as_it_says(running: Running) -> None:
    """What it prints works in any shell and folder."""
    command = running.wait_for(r"\n  (STYLESITE_DATA=.* changepassword admin)\n")[1]
    before = _password_of(running.data)
    result = subprocess.run(
        ["sh", "-c", command],
        cwd="/",
        env={"PATH": os.environ["PATH"]},
        input="correct-Horse\n" * 2,
        text=True,
        capture_output=True,
        start_new_session=True,
    )
    assert "changed successfully" in result.stdout, result.stderr
    assert _password_of(running.data) != before


def _password_of(data: Path) -> str:
    with sqlite3.connect(data / "stylesite.sqlite3") as connection:
        return str(connection.execute("SELECT password FROM auth_user WHERE username = 'admin'").fetchone()[0])


def test_a_redis_of_ones_own_that_is_away_is_said(up: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    running = up()
    assert running.process.wait(PATIENCE) == 1
    assert "There is no Redis at REDIS_URL" in running.printed()
    assert "Traceback" not in running.printed()


@pytest.mark.slow
def test_after_a_power_cut_its_own_renders_are_taken_at_once_and_those_of_other_machines_are_not(
    up: Callable[..., Running],
) -> None:
    first = up()
    first.wait_until_healthy()
    parts = first.children()
    for pid in (first.process.pid, *parts.values()):
        os.kill(pid, signal.SIGKILL)
    first.process.wait()
    own = (first.data / "up.lock").read_text().split()[-1]
    _hold_renders(first.data, own, "elsewhere.1")

    second = up(first.data, first.port)
    second.wait_until_healthy()

    second.wait_until(lambda: _holders(second.data)[own] != "in_progress", "its own render is taken")
    assert _holders(second.data)["elsewhere.1"] == "in_progress"


def _hold_renders(data: Path, *workers: str) -> None:
    """Makes renders that these workers hold, with the workers' names as titles; their pictures have no files."""
    code = f"""
from gallery.models import Lease, Pair, Picture, Render, StoredFile
from transfer.recipes.style import StyleRecipe
StoredFile.objects.create(name="p")
pictures = [Picture.objects.create(sha256=str(n) * 64, file="p", width=64, height=64, name="x") for n in range(2)]
pair = Pair.objects.create(content=pictures[0], style=pictures[1])
recipe = StyleRecipe(image_size=64).model_dump(mode="json")
for name in {workers!r}:
    row = Render.objects.create(
        pair=pair, recipe_json=recipe, status="in_progress", attempt=1, worker=name, title=name
    )
    Lease.objects.give(row.pk)
"""
    environment = {**os.environ, "STYLESITE_DATA": str(data)}
    subprocess.run([sys.executable, "manage.py", "shell", "-c", code], env=environment, check=True)


def _holders(data: Path) -> dict[str, str]:
    """The status of each render, by title."""
    with sqlite3.connect(data / "stylesite.sqlite3") as connection:
        return dict(connection.execute("SELECT title, status FROM gallery_render"))

"""How long SQLite's write lock is held at a time, and others wait for it, while a sweep of 64 is deleted among 100,000.

Others wait longer than the lock is held, since SQLite has no queue: who waits looks again at growing intervals.
"""

import multiprocessing
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

RENDERS, CELLS = 100_000, 64
COLUMNS = (
    "deleting a sweep of", "renders", "seconds", "longest hold, ms", "writes of another process", "median wait, ms",
    "longest wait, ms",
)  # fmt: skip


def measured() -> Iterator[dict[str, object]]:
    """One row. Runs in its own process, since its settings differ."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STYLESITE_DATA": data, "DJANGO_SETTINGS_MODULE": "stylesite.settings"}
        environment.pop("DATABASE_URL", None)
        words = [sys.executable, "-m", "benchmarks.deleting"]
        found = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    yield dict(zip(COLUMNS, found.split(), strict=True))


def _main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.many_renders import fill

    call_command("migrate", verbosity=0)
    fill(RENDERS)
    sweep = _sweep()
    here, there = multiprocessing.Pipe()
    writer = multiprocessing.get_context("spawn").Process(
        target=_write, args=(str(settings.DATABASES["default"]["NAME"]), there), daemon=True
    )
    writer.start()
    here.recv()
    from gallery.queueing.deletion import delete_sweep

    holds = _Holds()
    connection.connection.set_trace_callback(holds.note)
    began = time.monotonic()
    assert delete_sweep(sweep) == 0  # noqa: S101
    seconds = time.monotonic() - began
    here.send("stop")
    waits = here.recv()
    longest, median = max(waits), statistics.median(waits)
    print(
        CELLS,
        RENDERS,
        f"{seconds:.2f}",
        f"{1000 * holds.longest:.1f}",
        len(waits),
        f"{1000 * median:.1f}",
        f"{1000 * longest:.1f}",
    )


class _Holds:
    """The longest time from a BEGIN to what follows its COMMIT."""

    def __init__(self) -> None:
        self.longest = self.began = 0.0
        self.is_ending = False

    def note(self, statement: str) -> None:
        """A statement is about to be executed."""
        now = time.monotonic()
        if self.is_ending:
            self.longest, self.is_ending = max(self.longest, now - self.began), False
        if statement.startswith("BEGIN"):
            self.began = now
        self.is_ending = statement.startswith("COMMIT")


def _sweep() -> "Sweep":  # type: ignore[name-defined]  # noqa: F821
    """Finished cells with real files: an output, small versions, and a frame for each of five rungs."""
    from django.utils import timezone

    from benchmarks.drawings import village
    from gallery.models import Pair, Render, RenderInput, Sweep
    from gallery.pictures import blobs, thumbnails
    from transfer.pictures import encoded
    from transfer.recipes.style import StyleRecipe

    pair = Pair.objects.select_related("content", "style").latest("created")
    sweep = Sweep.objects.create(axes=[{"field": "strength", "values": [number / 8 for number in range(8)]}])
    picture = village().resize((256, 192))
    for cell in range(CELLS):
        picture.putpixel((cell, 0), (cell, 0, 0))
        render = Render.objects.create(
            pair=pair, recipe_json=StyleRecipe(image_size=256).model_dump(mode="json"), status="completed",
            sweep=sweep, sweep_place=cell, width=256, height=192, created=timezone.now(),
            output_id=blobs.store("renders", encoded(picture, "PNG"), ".png"), **thumbnails.make(picture).fields(),
        )  # fmt: skip
        RenderInput.objects.create(render=render, role="content", place=0, picture=pair.content)
        RenderInput.objects.create(render=render, role="style", place=1, picture=pair.style)
        for place in range(5):
            small = picture.rotate(place)
            name = blobs.store("frames", encoded(small, "WEBP"), ".webp")
            render.frames.create(place=place, file_id=name, width=256, height=192)
    return sweep


def _write(database: str, report: Connection) -> None:
    """Another process that takes the write lock again and again, and notes how long it had to wait."""
    connection = sqlite3.connect(database, timeout=30, isolation_level=None)
    waits: list[float] = []
    report.send("ready")
    while not report.poll():
        began = time.monotonic()
        connection.execute("BEGIN IMMEDIATE")
        waits.append(time.monotonic() - began)
        connection.execute("ROLLBACK")
        time.sleep(0.002)
    report.send(waits)


if __name__ == "__main__":
    _main()

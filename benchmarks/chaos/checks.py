"""What must be true once the disturbances are over: the rows, the files, the pixels, and no process left."""

import collections
import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.chaos.disturbing import LARGE, SMALL
from benchmarks.chaos.jobs import Job, digest, opened
from gallery.doctor import files
from gallery.models import Render, Status
from gallery.painting.checkpoints import prune_stored

HOURS = 2 * 3600
NOTE_CLAIMS_AND_PUBLICATIONS = """
CREATE TABLE claims (render TEXT, worker TEXT);
CREATE TRIGGER note_claims AFTER UPDATE ON gallery_render
WHEN NEW.status = 'in_progress' AND NEW.attempt > OLD.attempt
BEGIN INSERT INTO claims VALUES (NEW.id, NEW.worker); END;
CREATE TABLE publications (render TEXT, attempt INTEGER);
CREATE TRIGGER count_publications AFTER UPDATE ON gallery_render WHEN NEW.status = 'completed'
BEGIN INSERT INTO publications VALUES (NEW.id, NEW.attempt); END;
"""


def found(
    jobs: list[Job], rows: list[Render], asked: list[tuple[str, int]], counts: collections.Counter[str]
) -> Iterator[dict[str, object]]:
    """What must be true, and whether it is."""
    now = Render.objects.in_bulk([row.pk for row in rows])
    completed = {pk: row for pk, row in now.items() if row.status == Status.COMPLETED}
    with connection.cursor() as cursor:
        cursor.execute("SELECT render, attempt FROM publications")
        published = [(str(pk), attempt) for pk, attempt in cursor.fetchall()]
        cursor.execute("SELECT render, worker FROM claims")
        claims = [(str(pk), worker.split(".")[0]) for pk, worker in cursor.fetchall()]
    expected = [(row.pk.hex, row.attempt) for row in completed.values()]
    classic = {row.pk.hex for row, job in zip(rows, jobs, strict=True) if job.recipe.backbone == "vgg19"}
    of_classic, of_others = (
        {worker for pk, worker in claims if (pk in classic) == is_classic} for is_classic in (True, False)
    )
    others = [
        f"{row.pk} ({job.recipe.image_size} px)"
        for job, row in zip(jobs, rows, strict=True)
        if row.pk in completed and digest(opened(now[row.pk].output)) != job.pixels
    ]
    _let_hours_pass()
    part_written = len(_part_written())
    prune_stored()
    left = _part_written()
    errors = sorted({f"{row.status}: {row.error}" for row in now.values() if row.pk not in completed})
    orphans, missing = list(files.orphans()), files.missing().sentence
    held, processes = Render.objects.running().count(), _processes()

    def line(what: str, facts: object, holds: bool) -> dict[str, object]:
        return {"what": what, "found": facts, "verdict": "ok" if holds else "WRONG"}

    done = sum(counts[what] for what, _ in asked)
    yield line("everything was done to it while it painted", done, done == sum(many for _, many in asked))
    yield line("renders completed", f"{len(completed)} of {len(rows)} {errors or ''}", len(completed) == len(rows))
    yield line("publications", len(published), sorted(published) == sorted(expected) and len(expected) == len(rows))
    yield line("renders with other pixels than undisturbed", others or 0, not others)
    yield line("who claimed renders by VGG-19", sorted(of_classic), of_classic == {LARGE})
    yield line("who claimed others", sorted(of_others), SMALL in of_others)
    yield line("rows still in progress", held, not held)
    yield line("stored files that no row refers to", orphans or 0, not orphans)
    yield line("files that rows refer to and that are gone", missing, missing == "none")
    yield line(f"checkpoints half written, of {part_written}, hours later", len(left), not left)
    yield line("processes left over", processes or 0, not processes)


def _let_hours_pass() -> None:
    """Makes stored files look hours old: younger ones may still be in use."""
    then = time.time() - HOURS
    for folder in (Path(settings.MEDIA_ROOT), settings.DATA / "checkpoints"):
        for path in folder.rglob("*"):
            os.utime(path, (then, then))


def _part_written() -> list[Path]:
    return list((settings.DATA / "checkpoints").glob("*/.*"))


def _processes() -> list[int]:
    """The processes that still run in the data folder after ten seconds to end."""
    mark, found = f"STYLESITE_DATA={settings.DATA}".encode(), list[int]()
    for _ in range(20):
        found.clear()
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if int(path.parent.name) != os.getpid() and mark in path.read_bytes():
                    found.append(int(path.parent.name))
        if not found:
            break
        time.sleep(0.5)
    return found

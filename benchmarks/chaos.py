"""`make chaos`: renders while every part crashes that can, and checks the results.

It kills workers and their painting processes, empties and restarts Redis, and locks the database, all at random
moments. One worker is small and has no VGG-19, the other has random weights in its place. Afterwards every render must
be completed and published once, only workers that can do it may have claimed it, and it must have the same pixels as
when nothing disturbs it. It uses its own data folder and its own Redis. The exit code is 1 if anything is wrong.
"""

import argparse
import atexit
import collections
import contextlib
import hashlib
import logging
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import django

if __name__ == "__main__":  # its own folder, set before the settings are read; one thread, so that pixels are equal
    _data = tempfile.mkdtemp(prefix="stylesite-chaos-")
    os.environ |= {"STYLESITE_DATA": _data, "XDG_RUNTIME_DIR": _data, "OMP_NUM_THREADS": "1"}
    os.environ["STYLESITE_VGG19_WEIGHTS"] = f"{_data}/vgg19.safetensors"
    os.environ["DJANGO_SETTINGS_MODULE"] = "stylesite.settings"
    os.environ.pop("REDIS_URL", None)
    django.setup()

import redis
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from PIL import Image
from safetensors.torch import save_file

from benchmarks.drawings import brush, coast, mosaic, village
from benchmarks.random_vgg import random_vgg19
from benchmarks.table import print_table
from gallery.accounts.person import Person
from gallery.doctor import files
from gallery.models import Picture, Render, Status
from gallery.painting.checkpoints import prune_stored
from gallery.pictures import uploads
from gallery.processes.embedded_redis import command
from gallery.processes.parts import Part, wait_until
from gallery.queueing import queue, reconcile
from gallery.queueing.order import Order
from transfer.devices import resolve
from transfer.engine.step import result
from transfer.features.loading import network_for
from transfer.images import to_picture
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

SMALL, LARGE = "small", "large"
WORKERS = (SMALL, LARGE)
LITTLE = {"STYLESITE_MEMORY": "2GiB", "STYLESITE_VGG19_WEIGHTS": "nowhere.safetensors"}  # what a small worker has
MOST_CRASHES = 2  # in a row, after which we spare a render until it has got further: five would fail it
PAUSE = 2.5  # seconds at least, on average, between two disturbances: a worker takes that long to start
HURRIED = 1.0  # seconds at most, if renders finish faster than the disturbances come
EARLIER = 0.7  # the share of renders that may be done before the last disturbance
PATIENCE = 300.0  # seconds for the rest, once the disturbances are over
HOURS = 2 * 3600
VARIANTS: tuple[dict[str, object], ...] = (
    {"image_size": 256},
    {"image_size": 96, "backbone": "vgg19", "content_layers": ("relu2_1",), "style_layers": ("relu1_1", "relu2_1")},
    {"image_size": 181, "strength": 0.8},
    {"image_size": 128, "init": "noise", "seed": 3},
    {"image_size": 200, "original_colors": True},
    {"image_size": 150, "optimizer": "lbfgs"},
    {"image_size": 64, "style_loss": "gram"},
    {"image_size": 256, "match_colors": True},
    {"image_size": 96, "normalize_gradients": True},
)
AGAIN_AT = {64: 128, 96: 181, 128: 181, 150: 128, 181: 256, 200: 256, 256: 200}  # px
NOTE_CLAIMS_AND_PUBLICATIONS = """
CREATE TABLE claims (render TEXT, worker TEXT);
CREATE TRIGGER note_claims AFTER UPDATE ON gallery_render
WHEN NEW.status = 'in_progress' AND NEW.attempt > OLD.attempt
BEGIN INSERT INTO claims VALUES (NEW.id, NEW.worker); END;
CREATE TABLE publications (render TEXT, attempt INTEGER);
CREATE TRIGGER count_publications AFTER UPDATE ON gallery_render WHEN NEW.status = 'completed'
BEGIN INSERT INTO publications VALUES (NEW.id, NEW.attempt); END;
"""


@dataclass
class Job:
    """A render to make: its pictures, its recipe, and the digest of its pixels when nothing disturbs it."""

    content: Picture
    style: Picture
    recipe: StyleRecipe
    again: bool  # the previous job at another size
    pixels: str = ""


@dataclass
class Chaos:
    """The server and the workers, and what happens to them."""

    chance: random.Random
    leases: int  # kills of a whole machine that nobody reports
    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    workers: list[Part] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)

    def start(self) -> None:
        """Starts everything, as `up` does."""
        self.socket = settings.RUNTIME / "redis.sock"
        self.redis = Part("redis", command(self.socket, settings.DATA / "redis"), settings.DATA / "logs" / "redis.log")
        self._start_redis()
        self.workers = list(map(_started_worker, WORKERS))

    def stop(self) -> None:
        """Stops everything, in order."""
        for part in (*self.workers, self.redis):
            part.stop()

    def watch(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Restarts workers that crash, for some seconds or until something is true; returns whether it became true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if until():
                return True
            for number, worker in enumerate(self.workers):
                if not worker.is_running:
                    self._release(worker)
                    self.workers[number] = _started_worker(WORKERS[number])
            time.sleep(0.05)
        return until()

    def kill_painting_process(self) -> None:
        """Kills a painting process."""
        _, process = self._victim()
        os.kill(process, signal.SIGKILL)

    def kill_worker(self) -> None:
        """Kills a worker; the kernel tells its painting process, which hands the render back."""
        worker, _ = self._victim()
        _kill(worker)

    def kill_machine(self) -> None:
        """Kills a worker and its painting process at once, like a power cut. Nobody reports some of these."""
        worker, process = self._victim()
        os.kill(_pid(worker), signal.SIGSTOP)  # so that it cannot repair anything
        os.kill(process, signal.SIGKILL)
        _kill(worker)
        if self.leases:
            self.leases -= 1
            self.silent.add(worker.name)

    def empty_redis(self) -> None:
        """Empties Redis."""
        redis.Redis(unix_socket_path=str(self.socket)).flushall()

    def restart_redis(self) -> None:
        """Kills Redis the first time, shuts it down the next; it is away for two seconds."""
        if self.counts["Redis restarted"] % 2:
            self.redis.stop()
        else:
            _kill(self.redis)
        self.watch(2.0)
        self._start_redis()

    def lock_database(self, seconds: float) -> None:
        """Opens another connection, which writes and holds the lock."""
        other = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]), isolation_level=None, timeout=30)
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    def _victim(self) -> tuple[Part, int]:
        """A busy worker and its painting process. Raises Over when nothing is left to paint."""
        found: list[tuple[Part, int]] = []

        def look() -> bool:
            spared = set(Render.objects.running().filter(crashes__gt=MOST_CRASHES).values_list("worker", flat=True))
            at_risk = [worker for worker in self.workers if worker.name not in spared]
            found[:] = [(worker, process) for worker in at_risk for process in _painting_processes(worker)]
            return bool(found) or _all_over()

        self.watch(PATIENCE, look)
        if not found:
            raise Over
        return self.chance.choice(found)

    def _release(self, worker: Part) -> None:
        """Hands back the worker's render, as `up` does; if the database is locked, the lease runs out instead."""
        if worker.name not in self.silent:
            with contextlib.suppress(OperationalError):
                reconcile.release(worker.name)

    def _start_redis(self) -> None:
        self.socket.unlink(missing_ok=True)
        self.redis.start()
        if not wait_until(self._redis_answers, self.redis, 60):
            raise RuntimeError(self.redis.why_it_ended())

    def _redis_answers(self) -> bool:
        with contextlib.suppress(redis.RedisError):
            return bool(redis.Redis(unix_socket_path=str(self.socket)).ping())
        return False


class Over(Exception):
    """All renders are over, although some disturbances are left."""


def main() -> int:
    """Paints undisturbed, then disturbed, and compares."""
    options = _options()
    logging.getLogger("gallery").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0, interactive=False)
    connection.ensure_connection()
    save_file(random_vgg19("relu2_1"), os.environ["STYLESITE_VGG19_WEIGHTS"])
    connection.connection.executescript(NOTE_CLAIMS_AND_PUBLICATIONS)
    jobs = _jobs(options.renders, options.iterations)
    began = time.monotonic()
    _paint_undisturbed(jobs)
    undisturbed = time.monotonic() - began
    chance = random.Random(options.seed)  # noqa: S311 -- to be repeated, not to be secret
    chaos = Chaos(chance, options.leases)
    began = time.monotonic()
    try:
        chaos.start()
        rows = _submit(jobs)
        asked = _disturb(chaos, options, undisturbed)
        chaos.watch(PATIENCE, _all_over)
    finally:
        chaos.stop()
    disturbed = time.monotonic() - began
    print_table("Done to it", ({"what": what, "asked": many, "done": chaos.counts[what]} for what, many in asked))
    faults = print_table("Found", _found(jobs, rows, asked, chaos.counts))
    repeats = sum(Render.objects.values_list("attempt", flat=True)) - len(rows)
    print(f"{undisturbed:.0f} s undisturbed, {disturbed:.0f} s disturbed, {repeats} attempts more than renders.")
    print(f"Notes on rows: {sorted({note for notes in Render.objects.values_list('notes') for note in notes[0]})}")
    if any(row["verdict"] != "ok" for row in faults):
        print(f"Data and logs are in {settings.DATA}.")
        return 1
    atexit.register(shutil.rmtree, settings.DATA, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renders", type=int, default=20)
    parser.add_argument("--iterations", type=int, default=300, help="more of them make renders longer")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--leases", type=int, default=1, help="kills after which only the lease tells that it happened")
    parser.add_argument("--emptied", type=int, default=2, help="how often Redis is emptied")
    parser.add_argument("--restarts", type=int, default=2, help="how often Redis is restarted")
    parser.add_argument("--locked", type=float, default=5.0, help="seconds for which the database is locked")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and of what happens at them")
    return parser.parse_args()


# Before


def _jobs(renders: int, iterations: int) -> list[Job]:
    """Different pictures and recipes; every fifth is the one before it at another size."""
    contents = [_picture(village((320, 240)), "village"), _picture(coast((288, 216)), "coast")]
    styles = [_picture(brush((300, 240)), "brush"), _picture(mosaic((256, 256)), "mosaic")]
    jobs: list[Job] = []
    for number in range(renders):
        if number % 5 == 4:
            before = jobs[-1]
            size = AGAIN_AT[before.recipe.image_size]
            recipe = before.recipe.model_copy(update={"image_size": size})
            jobs.append(Job(before.content, before.style, recipe, again=True))
            continue
        variant = VARIANTS[number % len(VARIANTS)]
        # L-BFGS evaluates the picture several times in each iteration.
        many = iterations // 2 if variant.get("optimizer") == "lbfgs" else iterations
        recipe = StyleRecipe.model_validate({**variant, "num_iterations": many + number})
        jobs.append(Job(contents[number % 2], styles[number // 2 % 2], recipe, again=False))
    return jobs


def _picture(drawn: Image.Image, name: str) -> Picture:
    path = settings.DATA / f"{name}.png"
    drawn.save(path)
    upload = SimpleUploadedFile(path.name, path.read_bytes(), "image/png")
    return uploads.store(uploads.decode(upload), Person(None, "c" * 32))


def _paint_undisturbed(jobs: list[Job]) -> None:
    """Paints with the core alone: no queue, no checkpoints."""
    inputs = [StyleInputs(content=_opened(job.content.file), styles=(_opened(job.style.file),)) for job in jobs]

    def paint(job: Job, pictures: StyleInputs) -> str:
        steps = render(pictures, job.recipe, network_for(job.recipe, resolve()), settings.MEMORY)
        return _digest(to_picture(result(steps).image))

    with ThreadPoolExecutor(len(WORKERS)) as pool:
        for job, pixels in zip(jobs, pool.map(paint, jobs, inputs), strict=True):
            job.pixels = pixels


def _submit(jobs: list[Job]) -> list[Render]:
    rows: list[Render] = []
    for job in jobs:
        parent = rows[-1] if job.again else None
        order = Order.in_style(job.recipe, job.content, [job.style])
        rows.append(queue.submit(order, Person(None, "c" * 32), parent=parent))
    return rows


# Meanwhile


def _disturb(chaos: Chaos, options: argparse.Namespace, seconds: float) -> list[tuple[str, int]]:
    """Disturbs in random order, at moments spread over at least `seconds`; returns what was planned."""
    machines, workers = options.kills // 5, options.kills * 3 // 10
    plan: list[tuple[str, int, Callable[[], None]]] = [
        ("painting processes killed", options.kills - machines - workers, chaos.kill_painting_process),
        ("workers killed", workers, chaos.kill_worker),
        ("both killed at once", machines, chaos.kill_machine),
        ("Redis emptied", options.emptied, chaos.empty_redis),
        ("Redis restarted", options.restarts, chaos.restart_redis),
        ("database locked", int(options.locked > 0), lambda: chaos.lock_database(options.locked)),
    ]
    disturbances = [(what, act) for what, many, act in plan for _ in range(many)]
    chaos.chance.shuffle(disturbances)
    pause = max(PAUSE, 0.6 * seconds / max(1, len(disturbances)))
    chaos.watch(PATIENCE, lambda: Render.objects.running().exists())
    with contextlib.suppress(Over):
        for number, (what, act) in enumerate(disturbances):
            late = Render.objects.finished().count() / options.renders > EARLIER * number / len(disturbances)
            chaos.watch(chaos.chance.uniform(0, HURRIED if late else 2 * pause), _all_over)
            if _all_over():
                break
            act()
            chaos.counts[what] += 1
    return [(what, many) for what, many, _ in plan]


def _all_over() -> bool:
    return not Render.objects.unfinished().exists()


def _started_worker(kind: str) -> Part:
    name = f"{kind}.{random.getrandbits(32):08x}"
    words = ["env", *(f"{setting}={value}" for setting, value in LITTLE.items())] if kind == SMALL else []
    words += [sys.executable, "manage.py", "worker", "--name", name]
    worker = Part(name, words, settings.DATA / "logs" / f"{name}.log")
    worker.start()
    return worker


def _pid(part: Part) -> int:
    if part.process is None:
        raise RuntimeError(f"{part.name} was never started")
    return part.process.pid


def _kill(part: Part) -> None:
    os.kill(_pid(part), signal.SIGKILL)
    if part.process is not None:
        part.process.wait()


def _painting_processes(worker: Part) -> list[int]:
    """The painting processes of a worker."""
    if not worker.is_running:
        return []
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{_pid(worker)}/task/{_pid(worker)}/children").read_text()
        return [int(word) for word in children.split()]
    return []


# Afterwards


def _found(
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
        if row.pk in completed and _digest(_opened(now[row.pk].output)) != job.pixels
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


def _opened(stored: object) -> Image.Image:
    """A stored picture, fully read."""
    with stored.open("rb") as file, Image.open(file) as image:  # type: ignore[attr-defined]
        return image.convert("RGB")


def _digest(picture: Image.Image) -> str:
    """A digest of the pixels alone: the metadata of two files may differ."""
    return hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).hexdigest()


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


if __name__ == "__main__":
    sys.exit(main())

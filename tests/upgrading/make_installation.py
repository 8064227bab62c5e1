"""Makes installation.tar.xz: what revision 7229ad5 leaves in its data folder, and about.json, which says what is in it.

In a checkout of that revision, with the packages of its requirements.txt and requirements-dev.txt:

    python PATH/TO/tests/upgrading/make_installation.py PATH/TO/tests/upgrading/installation.tar.xz

It takes a minute. Everything is made as people make it: by requests to the site, a worker process and a Redis-protocol
server. No test imports this script or recording.py, and both stay as they are when modules are renamed.
"""

import datetime
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(tempfile.mkdtemp(prefix="stylesite-installation-"))
DATA = HERE / "data"
REVISION = "7229ad5603d8b5c666fb4a43a393960e13d0366f"
SECRET_KEY = "known to everybody: it signs the cookies of an installation that exists in tests only"
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "stylesite.settings",
    "OMP_NUM_THREADS": "1",  # the pixels depend on it
    "STYLESITE_DATA": str(DATA),
    "STYLESITE_SECRET_KEY": SECRET_KEY,
    "XDG_CACHE_HOME": str(HERE / "cache"),
    "XDG_RUNTIME_DIR": str(HERE),
}
DATA.mkdir()
(DATA / "memory").write_text("2048MiB\n")  # the pixels depend on it too, and it is kept at the first start
sys.path.insert(0, str(Path.cwd()))

import django  # noqa: E402

django.setup()

import django_rq  # noqa: E402
import numpy  # noqa: E402
import recording  # noqa: E402
import redis  # noqa: E402
import torch  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from gallery.embedded_redis import command  # noqa: E402
from gallery.parts import Part  # noqa: E402
from PIL import Image  # noqa: E402
from transfer.planner import Speed  # noqa: E402

from gallery import progress  # noqa: E402
from gallery.models import Collection, Render, Status, Sweep  # noqa: E402
from tests.pictures import as_bytes, painting, photograph  # noqa: E402
from transfer import speeds  # noqa: E402
from transfer.devices import describe, resolve  # noqa: E402
from transfer.features.registry import BACKBONES  # noqa: E402

PATIENCE = 120.0  # seconds
CONTENT, WIDE, STYLE = (96, 72), (320, 64), (80, 80)  # px; what is put away of a wide picture is small
Browsers = dict[str, Client]
Renders = dict[str, Render]


def main(archive: Path) -> None:
    """From nothing to the archive."""
    here = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    if here != REVISION:
        sys.exit(f"This is revision {here}: run it in a checkout of {REVISION}.")
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # many addresses refuse some of those who ask
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    torch.set_num_threads(1)
    for backbone in BACKBONES:  # so that the worker does not measure them meanwhile
        speeds.keep(describe(resolve()), backbone, Speed(iteration=0.02, look=1e-7, paint=5e-7))
    browsers = people()
    with running("redis", command(settings.RUNTIME / "redis.sock", HERE / "redis")):
        until(queue_answers, "the queue answers")
        renders, made = fill(browsers)
        django_rq.get_connection("renders").flushall()
        about = recording.about(renders, browsers)
    about |= {"revision": REVISION, "made": made.isoformat(), "secret_key": SECRET_KEY}
    pack(about, archive)
    sys.stdout.write(f"{archive}: {archive.stat().st_size / 2**20:.2f} MiB\n")


def people() -> Browsers:
    """A visitor, alice and charlie, who is staff, each in front of a browser."""
    User.objects.create_user("alice", password="alice")
    User.objects.create_superuser("charlie", password="charlie")
    browsers = {name: Client(headers={"host": "127.0.0.1"}) for name in ("visitor", "alice", "charlie")}
    for name in ("alice", "charlie"):
        assert browsers[name].login(username=name, password=name)
    return browsers


def fill(browsers: Browsers) -> tuple[Renders, datetime.datetime]:
    """Renders in every state by name, with all that people do with them, and when the worker was killed."""
    renders = never_painted(browsers)
    with running("worker", [sys.executable, "manage.py", "worker", "--name", "old.worker"]) as worker:
        until(lambda: not Render.objects.claimable().exists(), "the worker takes what waits")
        until(lambda: not Render.objects.running().exists(), "and has painted it")
        put_back_what_was_missing()
        renders |= finished(browsers)
        renders |= stopped(browsers)
        renders["in progress"] = left_behind(browsers["alice"], worker)
        made = timezone.now()
    renders["pending, alice's"] = ask(browsers["alice"], strength="0.8")
    renders["pending, visitor's"] = ask(browsers["visitor"], strength="0.2")
    say_things_about(renders, browsers)
    prune(renders)
    return renders, made


def never_painted(browsers: Browsers) -> Renders:
    """What happens before there is a worker; the render that is to fail waits for it, without one of its pictures."""
    alice, visitor = browsers["alice"], browsers["visitor"]
    cancelled = ask(visitor, image_size="96")
    post(visitor, f"/renders/{cancelled.pk}/cancel/")
    post(
        visitor, "/sweeps/new/", {"from": cancelled.pk, "axis_1": "tv_weight", "values_1": "0.5, 2", "sweep_size": "64"}
    )
    post(visitor, f"{Sweep.objects.get().get_absolute_url()}cancel/")
    failed = ask(alice, style=file("torn.png", painting(STYLE, seed=7)))
    Path(failed.pair.style.file.path).rename(HERE / "torn.png")
    return {"cancelled while it waited": cancelled, "failed": failed}


def put_back_what_was_missing() -> None:
    """The picture without which a render failed is there again, as from a backup."""
    failed = Render.objects.get(status=Status.FAILED)
    (HERE / "torn.png").rename(failed.pair.style.file.path)


def finished(browsers: Browsers) -> Renders:
    """Finished renders of many kinds, a sweep, and what is made of outputs when somebody asks for it."""
    alice, visitor, charlie = browsers["alice"], browsers["visitor"], browsers["charlie"]
    renders = {
        "of two rungs": ask(alice, image_size="150", num_iterations="8", regions="automatic"),
        "from noise": ask(visitor, init="noise", seed="7", original_colors="on", style_scale="0.5"),
        "of two styles": ask(alice, style_2=file("more.png", painting(STYLE, seed=3)), blend_1="3"),
        "by masks": ask(visitor, image_size="96", content_mask=mask(CONTENT, 1, 2), style_mask_1=mask(STYLE, 2, 1, 2)),
        "the classical way": ask(
            charlie, style_loss="gram", optimizer="lbfgs", match_colors="on", content_layers="relu2_1, relu3_1"
        ),
        "to be made larger": ask(alice, content=wide(), image_size="128", num_iterations="5"),
    }
    for render in renders.values():
        painted(render)
    parent = renders["from noise"]
    post(alice, f"/renders/{parent.pk}/bigger/", {"image_size": "90"})
    renders["a child"] = painted(Render.objects.get(parent=parent))
    renders["of a result"] = painted(ask(alice, content=None, content_id=str(renders["by masks"].pk)))
    axes = {"axis_1": "strength", "values_1": "0, 1", "axis_2": "style_scale", "values_2": "0.5, 1", "sweep_size": "64"}
    response = post(alice, "/sweeps/new/", {**order(), **axes})
    cells = Render.objects.filter(sweep=response.headers["Location"].split("/")[2]).order_by("sweep_place")
    renders |= {f"cell {cell.sweep_place}": painted(cell) for cell in cells}
    for ending in ("output.webp", "output.avif", "timelapse.mp4", "timelapse.webp"):
        assert alice.get(f"/renders/{renders['of two rungs'].pk}/{ending}").status_code == 200
    return renders


def stopped(browsers: Browsers) -> Renders:
    """Renders that somebody stopped while they were painted: kept as they were, cancelled, paused."""
    alice, visitor = browsers["alice"], browsers["visitor"]
    renders = {}
    for action, name, whose in (("keep", "kept", alice), ("cancel", "cancelled", visitor)):
        renders[name] = ask(whose, image_size="181", num_iterations="2000")
        until(lambda: progress.read(renders[name].pk), "there is something to see")  # noqa: B023
        post(whose, f"/renders/{renders[name].pk}/{action}/")
        until(lambda: Render.objects.get(pk=renders[name].pk).is_over, "it is over")  # noqa: B023
    renders["paused"] = ask(
        alice,
        content=wide(),
        style_2=file("more.png", painting(STYLE, seed=3)),
        blend_2="2",
        content_mask=mask(WIDE, 1, 2),
        style_mask_1=mask(STYLE, 2, 1),
        style_mask_2=mask(STYLE, 1, 2, 1),
        image_size="150",
        num_iterations="120",
    )
    until(lambda: is_well_into_the_second_rung(renders["paused"]), "it is well into the second rung")
    post(alice, f"/renders/{renders['paused'].pk}/pause/")
    until(lambda: Render.objects.get(pk=renders["paused"].pk).status == Status.PENDING, "it is handed back")
    return renders


def is_well_into_the_second_rung(render: Render) -> bool:
    """Whether ten of its iterations are done; it has seventy."""
    shown = progress.read(render.pk)
    return shown is not None and shown.rung_index == 1 and shown.iteration > 10


def left_behind(browser: Client, worker: Part) -> Render:
    """A render that is painted while a power cut ends its worker, after a checkpoint."""
    render = ask(browser, content=wide(), num_iterations="300", seed="3", init="noise")
    before = set(recording.shelf())
    well_into = lambda path: int(path.stem.split("-")[1]) > 20  # noqa: E731
    until(lambda: any(map(well_into, set(recording.shelf()) - before)), "there is a checkpoint")
    assert worker.process is not None
    pid = worker.process.pid
    os.kill(pid, signal.SIGSTOP)  # else it would notice
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
    worker.process.wait()
    assert Render.objects.get(pk=render.pk).status == Status.IN_PROGRESS
    return render


def say_things_about(renders: Renders, browsers: Browsers) -> None:
    """Titles and tags, likes, favourites and collections."""
    alice, visitor, charlie = browsers["alice"], browsers["visitor"], browsers["charlie"]
    titled, liked = renders["of two rungs"].pk, renders["cell 2"].pk
    about = {"title": "Häfen at dusk", "description": "Two rungs.\nNothing more.", "tags": "sea, Straße, late light"}
    post(alice, f"/renders/{titled}/edit/", about)
    post(visitor, f"/renders/{renders['by masks'].pk}/edit/", {"title": "In stripes", "tags": "sea"})
    for browser, render, mark in (
        (charlie, titled, "like"), (visitor, titled, "like"), (alice, titled, "favourite"), (visitor, liked, "like"),
        (visitor, renders["from noise"].pk, "favourite"),
    ):  # fmt: skip
        post(browser, f"/renders/{render}/{mark}/")
    for browser, title, members in (
        (alice, "The best", (titled, renders["by masks"].pk, liked)),
        (visitor, "A visitor's", (titled, renders["kept"].pk)),
        (charlie, "Nothing yet", ()),
    ):
        collection = post(browser, "/collections/", {"title": title}).headers["Location"].split("/")[2]
        for member in members:
            post(browser, f"/renders/{member}/collections/", {"collection": collection})
    assert Collection.objects.count() == 3


def prune(renders: Renders) -> None:
    """Leaves the checkpoints that something can still go on from, so that the archive stays small."""
    for path in recording.shelf():
        if path.parent.name not in {recording.key_of(renders[name]) for name in recording.GO_ON}:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def ask(browser: Client, **fields: object) -> Render:
    """Posts the studio's form."""
    return Render.objects.get(pk=post(browser, "/new/", order(**fields)).headers["Location"].split("/")[2])


def order(**fields: object) -> dict[str, object]:
    """The studio's fields: two pictures and a quick recipe, unless told otherwise; None leaves one out."""
    filled = {
        "content": file("house.jpg", photograph(CONTENT), "JPEG"),
        "style": file("strokes.png", painting(STYLE)),
        "image_size": "64",
        "num_iterations": "3",
        **fields,
    }
    return {name: value for name, value in filled.items() if value is not None}


def post(browser: Client, address: str, fields: dict[str, object] | None = None) -> HttpResponse:
    """Posts a form that has to be right."""
    response = browser.post(address, fields or {})
    assert response.status_code == 302, (address, fields, response.status_code)
    return response


def wide() -> SimpleUploadedFile:
    """The content of what is taken up again later."""
    return file("coast.png", photograph(WIDE))


def mask(size: tuple[int, int], *labels: int) -> SimpleUploadedFile:
    """Upright stripes, one for each label."""
    columns = numpy.arange(size[0]) * len(labels) // size[0]
    return file("mask.png", Image.fromarray(numpy.array(labels, numpy.uint8)[columns][None].repeat(size[1], 0)))


def file(name: str, picture: Image.Image, file_format: str = "PNG") -> SimpleUploadedFile:
    """A picture as a browser sends it."""
    return SimpleUploadedFile(name, as_bytes(picture, file_format), "application/octet-stream")


def painted(render: Render) -> Render:
    """The render, once it is finished."""
    until(lambda: Render.objects.get(pk=render.pk).is_over, "it is painted")
    render.refresh_from_db()
    assert render.status == Status.COMPLETED, render.error
    return render


def until(ready: Callable[[], object], what: str) -> None:
    """Waits."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < deadline, f"this did not become true: {what}"
        time.sleep(0.02)


def queue_answers() -> bool:
    """Whether the Redis-protocol server is there."""
    try:
        return bool(django_rq.get_connection("renders").ping())
    except redis.RedisError:
        return False


@contextmanager
def running(name: str, words: list[str]) -> Iterator[Part]:
    """A process that is ended afterwards."""
    part = Part(name, words, HERE / f"{name}.log")
    part.start()
    try:
        yield part
    finally:
        part.stop()


def pack(about: dict[str, object], archive: Path) -> None:
    """The archive; nobody has the database open any more."""
    connections.close_all()
    with sqlite3.connect(DATA / "stylesite.sqlite3") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("VACUUM")
    database.close()
    recording.write(about, HERE / "about.json")
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        packed.add(HERE / "about.json", "about.json", filter=nobodys)
        for name in ("stylesite.sqlite3", "memory", "media", "checkpoints"):
            packed.add(DATA / name, f"data/{name}", filter=nobodys)
    shutil.rmtree(HERE)


def nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same file, whoever made it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

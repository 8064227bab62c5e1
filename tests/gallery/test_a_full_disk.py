"""On a full disk, a render loses neither its picture nor its place; at worst it waits for room."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage

from gallery.doctor import files
from gallery.models import Render, Status
from gallery.painting.claiming import claim, see_through
from gallery.processes.parts import Part
from tests.gallery.undisturbed import pixels, pixels_undisturbed

pytestmark = pytest.mark.usefixtures("one_thread")

Make = Callable[..., Render]
MEDIA, CHECKPOINTS = Path(settings.MEDIA_ROOT), Path(settings.DATA) / "checkpoints"


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path, str], None]]:
    """Mounts a small disk at a folder."""
    mounted: list[Path] = []

    def mount(folder: Path, size: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"a disk cannot be mounted here: {done.stderr.strip()}")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(folder: Path) -> Path:
    """Writes until the disk is full."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    assert shutil.disk_usage(folder).free == 0
    return filler


@pytest.mark.usefixtures("clean_queue")
def test_a_checkpoint_that_does_not_fit_is_left_out_and_the_row_says_so(
    make_render: Make, small_disk: Callable[[Path, str], None]
) -> None:
    small_disk(CHECKPOINTS, "16k")
    make_render(image_size=150)

    see_through(claim("worker"))

    row = Render.objects.get()
    assert (row.status, row.crashes) == (Status.COMPLETED, 0)
    (note,) = row.notes
    assert note.startswith("A checkpoint could not be written (")
    assert note.endswith("); the render went on.")
    assert str(settings.DATA) not in note
    assert pixels(row) == pixels_undisturbed(row)
    assert not [path for path in CHECKPOINTS.rglob("*") if path.is_file()]


def test_an_output_that_does_not_fit_is_published_once_there_is_room(
    start_worker: Callable[[], Part],
    make_render: Make,
    small_disk: Callable[[Path, str], None],
    wait_for: Callable[..., Render],
    until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small_disk(MEDIA, "2m")
    render = make_render()
    filler = fill_up(MEDIA)
    worker = start_worker()

    until(lambda: "is tried again" in worker.log.read_text(), "the worker says that it tries again")
    assert Render.objects.get().status == Status.IN_PROGRESS
    filler.unlink()

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt, row.crashes) == (Status.COMPLETED, 1, 0)
    assert row.output.storage.exists(row.output.name)
    monkeypatch.setattr(files, "YOUNG", -files.YOUNG)
    assert not list(files.orphans())
    assert files.missing().sentence == "none"


@pytest.mark.parametrize("written", [0, 1], ids=["nothing", "the output and not its thumbnail"])
def test_a_render_that_is_cancelled_while_it_waits_for_room_leaves_no_file(
    clean_queue: redis.Redis, make_render: Make, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_render()
    row = claim("worker")
    save, sleep, room = default_storage.save, time.sleep, [written]

    def save_while_there_is_room(name: str, *rest: object, **options: object) -> str:
        if room[0] == 0:
            raise OSError(28, "No space left on device")
        room[0] -= 1
        return save(name, *rest, **options)

    def cancelled_meanwhile(seconds: float) -> None:
        Render.objects.update(status=Status.CANCELED)
        sleep(seconds)

    monkeypatch.setattr(default_storage, "save", save_while_there_is_room)
    monkeypatch.setattr("time.sleep", cancelled_meanwhile)
    monkeypatch.setattr("gallery.painting.retrying.LONGEST", 5.0)

    see_through(row)

    assert Render.objects.get().status == Status.CANCELED
    monkeypatch.setattr(files, "YOUNG", -files.YOUNG)
    assert not list(files.orphans())

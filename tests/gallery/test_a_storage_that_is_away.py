"""If the storage is away for a while, a publication is delayed; if it stays away, the render is not lost."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from gallery.models import Render, Status
from gallery.painting.claiming import claim, see_through
from gallery.processes.parts import Part

pytestmark = pytest.mark.slow

Make = Callable[..., Render]


class Storage:
    """The folder of stored files. A test can take it away: then a file is in its place."""

    def __init__(self) -> None:
        self.root, self.aside = Path(settings.MEDIA_ROOT), Path(f"{settings.MEDIA_ROOT}.aside")

    def take_away(self) -> None:
        self.root.rename(self.aside)
        self.root.write_text("no folder")

    def bring_back(self) -> None:
        if self.aside.exists():
            self.root.unlink()
            self.aside.rename(self.root)


@pytest.fixture
def storage() -> Iterator[Storage]:
    """The storage, which is back after the test."""
    storage = Storage()
    yield storage
    storage.bring_back()


def test_a_render_that_is_finished_meanwhile_is_published_once_it_is_back(
    worker: Part,
    storage: Storage,
    make_render: Make,
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(image_size=128, num_iterations=60)
    until(lambda: status_of(render.id)["status"] == "in_progress", "it is painted")
    wait_for_preview(render.id)

    storage.take_away()
    until(lambda: "is tried again" in worker.log.read_text(), "the worker says that it tries again")
    assert status_of(render.id)["status"] == "in_progress"
    storage.bring_back()

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 1)
    assert row.output.storage.exists(row.output.name)


def test_a_render_that_begins_meanwhile_waits_for_its_pictures(
    start_worker: Callable[[], Part],
    storage: Storage,
    make_finished: Make,
    wait_for: Callable[..., Render],
    until: Callable[..., None],
) -> None:
    render = make_finished(status=Status.PENDING, output="")
    storage.take_away()
    worker = start_worker()
    until(lambda: "is tried again" in worker.log.read_text(), "the worker says that it tries again")
    storage.bring_back()

    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.attempt) == (Status.COMPLETED, 1)


def test_a_worker_that_is_told_to_stop_meanwhile_hands_its_render_back_in_time(
    start_worker: Callable[[], Part], storage: Storage, make_finished: Make, until: Callable[..., None]
) -> None:
    make_finished(status=Status.PENDING, output="")
    storage.take_away()
    worker = start_worker()
    until(lambda: "is tried again" in worker.log.read_text(), "the worker says that it tries again")

    worker.process.send_signal(signal.SIGTERM)

    worker.process.wait(5)
    row = Render.objects.get()
    assert (row.status, row.crashes, row.worker) == (Status.PENDING, 0, "")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two and a half minutes pass at once."""
    monkeypatch.setattr("gallery.painting.retrying.LONGEST", 0.0)


@pytest.mark.usefixtures("impatient")
def test_one_that_stays_away_costs_an_attempt_and_the_render_waits_again(
    clean_queue: redis.Redis, make_finished: Make, storage: Storage
) -> None:
    make_finished(status=Status.PENDING, output="")
    row = claim("worker")
    storage.take_away()

    see_through(row)

    found = Render.objects.get()
    assert (found.status, found.crashes, found.worker) == (Status.PENDING, 1, "")

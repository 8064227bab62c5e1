"""The last picture of a cancelled render is stored, shown and deleted with it."""

import io
from collections.abc import Callable

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from gallery.models import Render, Status
from gallery.processes.parts import Part
from gallery.queueing import progress, queue
from gallery.queueing.progress import Progress
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]
HALFWAY = Progress(
    fraction=0.5, rung=128, rungs=1, rung_index=0, iteration=5, iterations=10, loss=1.0, losses={"total": 1.0},
    eta_seconds=None, frame=1,
)  # fmt: skip


@pytest.fixture
def running(transactional_db: None, clean_queue: redis.Redis, alice: User, make_finished: Make) -> Render:
    """A render with a live frame."""
    render = make_finished(alice, status=Status.IN_PROGRESS, output="", thumbnail="")
    progress.publish(render.id, HALFWAY, as_bytes(painting((64, 48)), "JPEG"))
    return render


def test_it_is_shown_on_the_page_with_words_that_say_so(running: Render, alices_browser: Client) -> None:
    alices_browser.post(f"/renders/{running.id}/cancel/")

    row = Render.objects.get()
    page = alices_browser.get(f"/renders/{running.id}/").content.decode()
    assert row.last_picture.url in page
    assert "how far it got" in page
    served = alices_browser.get(row.last_picture.url)
    assert served.headers["Content-Type"] == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(b"".join(served.streaming_content))) as picture:
        assert picture.size == (64, 48)


def test_it_is_deleted_with_its_render(
    running: Render, alices_browser: Client, stored_files: Callable[[], set[str]]
) -> None:
    alices_browser.post(f"/renders/{running.id}/cancel/")
    name = Render.objects.get().last_picture.name
    assert name in stored_files()

    alices_browser.post(f"/renders/{running.id}/delete/")

    assert name not in stored_files()


def test_another_one_takes_its_place_when_it_is_cancelled_again(
    running: Render, stored_files: Callable[[], set[str]]
) -> None:
    queue.cancel(running)
    first = Render.objects.get().last_picture.name
    queue.retry(running)
    progress.publish(running.id, HALFWAY, as_bytes(painting((64, 48), seed=3), "JPEG"))

    queue.cancel(running)

    assert Render.objects.get().last_picture.name != first
    assert {name for name in stored_files() if name.endswith(".jpg")} == {Render.objects.get().last_picture.name}


def test_what_was_never_painted_has_none(transactional_db: None, make_finished: Make, client: Client) -> None:
    render = make_finished(status=Status.PENDING, output="")

    queue.cancel(render)

    assert not Render.objects.get().last_picture
    assert "how far it got" not in client.get(f"/renders/{render.id}/").content.decode()


def test_a_worker_that_stops_painting_leaves_it(
    worker: Part,
    make_render: Make,
    stored_files: Callable[[], set[str]],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(image_size=181, num_iterations=2000)
    wait_for_preview(render.id)

    queue.cancel(render)

    assert Render.objects.get().last_picture.name in stored_files()

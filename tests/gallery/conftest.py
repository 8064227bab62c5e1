"""What the gallery's tests share: posting the studio's form, finished renders without a worker, waiting."""

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from gallery.models import Lease, Pair, Picture, Render, Worker
from gallery.queueing import answers, forecast
from gallery.views.renders.watching import ORDER, name_of
from tests.conftest import keep_plausible_speeds
from tests.gallery.files import upload
from tests.gallery.made import add_stripes
from tests.pictures import as_bytes, painting, photograph
from transfer.devices import CPU, describe


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    """Every test starts without checkpoints."""
    shutil.rmtree(Path(settings.DATA) / "checkpoints", ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_forecast_of_another_test() -> None:
    """Forgets the last forecast, which is from another test's queue."""
    answers.forget(forecast.NAME)


@pytest.fixture
def stripes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generator that only tests know is known, and nothing is remembered that it made."""
    cache.clear()
    add_stripes(monkeypatch)


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One thread, here and in the workers that a test starts: pixels depend on the number of threads.

    With one, a processor is another device, whose speed is known as well, so that nobody measures it meanwhile.
    """
    import torch

    threads = torch.get_num_threads()
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    torch.set_num_threads(1)
    keep_plausible_speeds(describe(CPU))
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def post_pair(client: Client, db: None) -> Callable[..., HttpResponse]:
    """Posts the studio's form with two good pictures; keywords replace or add fields, and None omits one."""

    def post(browser: Client | None = None, **fields: object) -> HttpResponse:
        data: dict[str, object] = {
            "content": upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG")),
            "style": upload("strokes.png", as_bytes(painting((80, 80)))),
            "image_size": "64",
            "num_iterations": "3",
            **fields,
        }
        return (browser or client).post("/new/", {name: value for name, value in data.items() if value is not None})

    return post


@pytest.fixture
def nothing_was_made(db: None, stored_files: Callable[[], set[str]]) -> Callable[[], bool]:
    """Whether there is no row and no stored file."""

    def check() -> bool:
        return not any(kind.objects.exists() for kind in (Picture, Pair, Render)) and not stored_files()

    return check


@pytest.fixture
def stored_picture(post_pair: Callable[..., HttpResponse]) -> Callable[[SimpleUploadedFile], Picture]:
    """Uploads a file as content and returns the picture made from it."""

    def store(file: SimpleUploadedFile) -> Picture:
        response = post_pair(content=file)
        assert response.status_code == 302, response.context["form"].errors
        return Render.objects.get(pk=response.headers["Location"].split("/")[2]).pair.content

    return store


@pytest.fixture
def stored_pixels(
    stored_picture: Callable[[SimpleUploadedFile], Picture],
) -> Callable[[SimpleUploadedFile], Image.Image]:
    """Uploads a file as content and returns the stored picture, opened."""

    def pixels(file: SimpleUploadedFile) -> Image.Image:
        picture = stored_picture(file)
        with picture.file.open("rb") as stored, Image.open(stored) as image:
            image.load()
            assert image.size == (picture.width, picture.height)
            return image.copy()

    return pixels


@pytest.fixture
def until() -> Callable[..., None]:
    """Waits until something is true; fails with a sentence if it takes too long."""

    def wait(ready: Callable[[], object], what: str, seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < deadline, f"within {seconds} s, this did not become true: {what}"
            time.sleep(0.05)

    return wait


@pytest.fixture
def make_small() -> Callable[[Render], None]:
    """Rewrites a render's recipe so that the next attempt is quick; the running one keeps the recipe that it read."""

    def make(render: Render) -> None:
        Render.objects.filter(pk=render.pk).update(
            recipe_json={**render.recipe_json, "image_size": 64, "num_iterations": 3}
        )

    return make


@pytest.fixture
def run_out_the_lease() -> Callable[[Render], None]:
    """Makes a render look as if its worker last sent a heartbeat two minutes ago."""

    def run_out(render: Render) -> None:
        Lease.objects.filter(render=render).update(until=timezone.now() - timedelta(seconds=30))

    return run_out


@pytest.fixture
def status_of(client: Client) -> Callable[[uuid.UUID | str], dict]:
    """What status.json says about a render, even after a test has written to the database itself."""

    def read(render_id: uuid.UUID | str) -> dict:
        answers.forget(name_of(render_id), ORDER)
        response = client.get(f"/renders/{render_id}/status.json")
        assert response.status_code == 200
        return response.json()

    return read


@pytest.fixture
def wait_for_preview(
    until: Callable[..., None], status_of: Callable[[uuid.UUID | str], dict]
) -> Callable[[uuid.UUID | str], None]:
    """Waits until a render has a picture to show: its first iteration is done, and the next ones are under way."""

    def wait(render_id: uuid.UUID | str) -> None:
        until(lambda: status_of(render_id)["progress"]["preview"], "the render shows a preview")

    return wait


@pytest.fixture
def workers(db: None) -> Callable[[int], None]:
    """So many workers live, and no others."""

    def live(number: int) -> None:
        Worker.objects.all().delete()
        Worker.objects.bulk_create(Worker(name=f"m{each}", host="h", seen=timezone.now()) for each in range(number))

    return live

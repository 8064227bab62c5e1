"""What the site's tests share: a real Redis-protocol server, a real worker process, drawn pictures, people."""

import functools
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import django_rq
import hypothesis
import pytest
import redis
import rq
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gallery.accounts.person import Person
from gallery.browsing.search import note_words
from gallery.models import Pair, Picture, Render, Status, Worker
from gallery.pictures import blobs, thumbnails, uploads
from gallery.processes.embedded_redis import command
from gallery.processes.parts import Part, wait_until
from gallery.queueing import instant, queue
from gallery.queueing.order import Order
from tests.pictures import as_bytes, painting, photograph
from transfer.devices import CPU, describe, resolve
from transfer.features.registry import BACKBONES
from transfer.planning import speeds
from transfer.planning.planner import Speed
from transfer.recipes.style import StyleRecipe

LOGS = Path(settings.DATA) / "logs"
hypothesis.settings.register_profile("patient", deadline=None)  # a busy machine takes its time
hypothesis.settings.load_profile("patient")
PATIENCE = 120.0  # seconds, enough for anything on a busy machine


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The database keeps its name, so that other processes find it; each pytest process has its own data folder."""


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Pages name static files by their hashes, so the files must exist."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session", autouse=True)
def device() -> str:
    """The device of workers that tests start: plausible speeds are known, so that they do not measure it at first."""
    for each in (resolve(), CPU):
        keep_plausible_speeds(describe(each))
    return describe(CPU)


def keep_plausible_speeds(name: str) -> None:
    """Stores speeds of a device as if somebody had measured them."""
    for backbone in BACKBONES:
        speeds.keep(name, backbone, Speed(iteration=0.02, look=1e-7, paint=5e-7))


@pytest.fixture(autouse=True)
def _empty_storage() -> None:
    """Every test starts without stored files."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Part]:
    """The server that `up` would start, on its private socket."""
    path = settings.RUNTIME / "redis.sock"
    part = Part("redis", command(path, Path(settings.DATA) / "redis"), LOGS / "redis.log")
    part.start()
    assert answers_at(path, part), part.why_it_ended()
    yield part
    part.stop()


def answers_at(path: Path, server: Part) -> bool:
    """Waits until the Redis-protocol server answers on its socket."""

    def answers() -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(path)).ping())
        except redis.RedisError:
            return False

    return wait_until(answers, server, PATIENCE)


@pytest.fixture
def clean_queue(redis_server: Part) -> redis.Redis:
    """A connection to an empty queue."""
    connection: redis.Redis = django_rq.get_connection(queue.QUEUE)
    for key in connection.scan_iter():
        if not key.startswith(b"rq:worker"):
            connection.delete(key)
    return connection


@pytest.fixture
def start_worker(
    transactional_db: None, clean_queue: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Part]]:
    """Starts worker processes on the tests' database, and stops them after the test.

    A `program` that is given starts the worker that it is told the name of, on a machine as the test wants it. A GPU of
    this machine's is hidden from them: with one, a painting process stays for minutes, and pixels are not ours.
    """
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    parts: list[Part] = []

    def start(program: str = "") -> Part:
        name = f"tests.{uuid.uuid4().hex[:8]}"
        words = ["-c", program, name] if program else ["manage.py", "worker", "--name", name]
        part = Part(name, [sys.executable, *words], LOGS / f"{name}.log")
        parts.append(part)
        part.start()
        is_listening = lambda: any(each.name == name for each in rq.Worker.all(connection=clean_queue))  # noqa: E731
        assert wait_until(is_listening, part, PATIENCE), part.why_it_ended()
        return part

    yield start
    for part in parts:
        part.stop()


@pytest.fixture
def worker(start_worker: Callable[[], Part]) -> Part:
    """A running worker process."""
    return start_worker()


@pytest.fixture
def resident(transactional_db: None, clean_queue: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Part]:
    """The process that makes instant pictures, ready to answer, however busy the machine is."""
    monkeypatch.setattr(instant, "WAITS", 30.0)
    part = Part("instant", [sys.executable, "manage.py", "instant"], LOGS / "instant.log")
    part.start()
    assert wait_until(lambda: bool(clean_queue.exists(instant.ALIVE)), part, PATIENCE), part.why_it_ended()
    yield part
    part.stop()


@pytest.fixture
def wait_for() -> Callable[..., Render]:
    """Waits until a render has one of these statuses, and returns it."""

    def wait(render_id: uuid.UUID | str, *statuses: str) -> Render:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = Render.objects.get(pk=render_id)
            if found.status in statuses:
                return found
            time.sleep(0.1)
        raise AssertionError(f"the render is {found.status} ({found.error}) and not {' or '.join(statuses)}")

    return wait


@pytest.fixture
def content_file() -> SimpleUploadedFile:
    """A content picture as a browser sends it."""
    return SimpleUploadedFile("house.jpg", as_bytes(photograph(), "JPEG"), "image/jpeg")


@pytest.fixture
def style_file() -> SimpleUploadedFile:
    """A style picture as a browser sends it."""
    return SimpleUploadedFile("strokes.png", as_bytes(painting()), "image/png")


@functools.cache
def _hashed(password: str) -> str:
    """A password as the database has it. Hashing is slow on purpose, so we do it once for all tests."""
    return make_password(password)


@pytest.fixture
def alice(db: None) -> User:
    """A person with a login."""
    return User.objects.create(username="alice", password=_hashed("alice"))


@pytest.fixture
def bob(db: None) -> User:
    """Another one."""
    return User.objects.create(username="bob", password=_hashed("bob"))


@pytest.fixture
def charlie(db: None) -> User:
    """Staff."""
    return User.objects.create(username="charlie", password=_hashed("charlie"), is_staff=True, is_superuser=True)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alices_browser(alice: User) -> Client:
    """A browser in which alice is logged in."""
    return _client(alice)


@pytest.fixture
def bobs_browser(bob: User) -> Client:
    """A browser in which bob is logged in."""
    return _client(bob)


@pytest.fixture
def charlies_browser(charlie: User) -> Client:
    """A browser in which charlie is logged in."""
    return _client(charlie)


@pytest.fixture
def make_picture(db: None) -> Callable[..., Picture]:
    """Stores a drawn picture; each `seed` gives a different one."""

    def make(owner: User | None = None, visitor: str = "", seed: int = 0, name: str = "strokes.png") -> Picture:
        upload = SimpleUploadedFile(name, as_bytes(painting((96, 80), seed=seed)), "image/png")
        return uploads.store(uploads.decode(upload), Person(owner, visitor))

    return make


@pytest.fixture
def make_render(clean_queue: redis.Redis, make_picture: Callable[..., Picture]) -> Callable[..., Render]:
    """Submits a small render of two drawn pictures; keywords other than `owner` and `visitor` are recipe fields."""

    def make(owner: User | None = None, visitor: str = "", **fields: object) -> Render:
        content, style = (make_picture(owner, visitor, seed) for seed in (1, 2))
        recipe = StyleRecipe.model_validate({"image_size": 64, "num_iterations": 3, **fields})
        return queue.submit(Order.in_style(recipe, content, style), Person(owner, visitor))

    return make


@pytest.fixture
def make_finished(make_picture: Callable[..., Picture]) -> Callable[..., Render]:
    """A finished render with its files, which nobody painted; each `seed` gives a different output."""

    def make(
        owner: User | None = None,
        visitor: str = "",
        seed: int = 9,
        content: Picture | None = None,
        style: Picture | None = None,
        **fields: object,
    ) -> Render:
        content = content or make_picture(owner, visitor, 1, "house.png")
        style = style or make_picture(owner, visitor, 2, "strokes.png")
        pair, _ = Pair.objects.get_or_create(content=content, style=style)
        picture = painting((64, 48), seed=seed)
        name = blobs.store("renders", as_bytes(picture), ".png")
        values: dict[str, object] = {
            "recipe_json": StyleRecipe(image_size=64, num_iterations=3).model_dump(mode="json"),
            "status": Status.COMPLETED,
            "started": timezone.now(),
            "finished": timezone.now(),
            "output": name,
            "output_sha256": name.rsplit("/", 1)[1].removesuffix(".png"),
            "width": 64,
            "height": 48,
            **thumbnails.make(picture).fields(),
            **fields,
        }
        render = Render.objects.create(pair=pair, owner=owner, visitor=visitor, **values)
        render.inputs.create(role="content", picture=content)
        render.inputs.create(role="style", place=1, picture=style)
        note_words(render)
        return render

    return make


@pytest.fixture
def make_worker(db: None) -> Callable[..., Worker]:
    """A live worker, as it reports itself: with 8 GiB, and one second of painting for a million pixels."""

    def make(name: str = "m", memory: int = 8 * 2**30, faster: float = 1.0, **fields: object) -> Worker:
        speed = {"iteration": 0.01 / faster, "look": 2e-7 / faster, "paint": 1e-6 / faster}
        values: dict[str, object] = {
            "device": "cpu: 2 threads, AVX512, bfloat16",
            "facts": {"width": 2, "speeds": {"vgg19-lite": speed}},
            "seen": timezone.now(),
            **fields,
        }
        return Worker.objects.create(name=name, host=f"{name}.example", memory=memory, **values)

    return make


@pytest.fixture
def stored_files() -> Callable[[], set[str]]:
    """The names of all stored files."""

    def names() -> set[str]:
        root = Path(settings.MEDIA_ROOT)
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}

    return names


@pytest.fixture
def subprocess_environment() -> dict[str, str]:
    """The tests' environment, for programs that a test starts."""
    return dict(os.environ)

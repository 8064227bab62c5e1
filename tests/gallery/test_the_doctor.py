"""`manage.py doctor` says what is wrong and what to type; its exit code says whether anything is broken."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from gallery import doctor
from gallery.doctor.findings import Verdict
from gallery.models import Lease, Render, Status, Worker
from gallery.processes.parts import Part
from gallery.processes.pasted import make, manage
from transfer import memory

Make = Callable[..., Render]
pytestmark = pytest.mark.usefixtures("db", "clean_queue")


@pytest.fixture
def live_worker(db: None) -> Worker:
    """A live worker."""
    return Worker.objects.create(
        name="m", host=os.uname().nodename, device="cpu: 2 threads", memory=2**30, seen=timezone.now()
    )


def said() -> tuple[str, int]:
    """What it prints, and its exit code."""
    printed = io.StringIO()
    try:
        call_command("doctor", stdout=printed)
    except SystemExit as exit_code:
        return printed.getvalue(), int(str(exit_code.code))
    return printed.getvalue(), 0


def verdict(check: str) -> Verdict:
    return doctor.examine()[check].verdict


def test_a_worker_that_runs_makes_all_well(worker: Part, make_render: Make, wait_for: Callable[..., Render]) -> None:
    wait_for(make_render().id, "completed", "failed")

    text, code = said()

    assert code == 0
    assert "problem" not in text
    assert "in WAL mode" in text
    assert "1 worker at work" in text
    assert "cpu: " in text
    assert [line.split()[0] for line in text.splitlines()] == ["ok"] * len(doctor.CHECKS)


def test_without_a_worker_it_says_how_to_start_one() -> None:
    text, code = said()

    assert code == 1
    assert "no worker was heard of lately\n" in text
    assert f"-> {make('up')}, or for one more worker: {manage('worker')}\n" in text


def test_a_worker_that_was_not_heard_of_lately_does_not_count(live_worker: Worker) -> None:
    assert verdict("workers") == Verdict.OK

    Worker.objects.update(seen=timezone.now() - timedelta(minutes=2))

    assert verdict("workers") == Verdict.PROBLEM


def test_a_redis_that_is_away(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.RQ_QUEUES = {"renders": {"URL": "unix:///nowhere/redis.sock"}}
    monkeypatch.setattr("django_rq.settings.QUEUES", settings.RQ_QUEUES)

    assert verdict("redis") == Verdict.PROBLEM


def test_a_redis_that_keeps_nothing(clean_queue: redis.Redis) -> None:
    assert verdict("redis") == Verdict.OK
    clean_queue.config_set("appendonly", "no")
    try:
        finding = doctor.examine()["redis"]
    finally:
        clean_queue.config_set("appendonly", "yes")

    assert (finding.verdict, finding.remedy) == (Verdict.WARNING, "redis-cli CONFIG SET appendonly yes")


@pytest.fixture
def folder_in_the_way() -> Iterator[None]:
    """A file is in the place of the storage's folder."""
    root = Path(settings.MEDIA_ROOT)
    root.write_text("no folder")
    yield
    root.unlink()


@pytest.mark.usefixtures("folder_in_the_way")
def test_a_storage_that_cannot_be_written_to() -> None:
    finding = doctor.examine()["storage"]

    assert finding.verdict == Verdict.PROBLEM
    assert f"ls -ld {settings.MEDIA_ROOT}" in finding.remedy


def test_a_data_folder_that_others_may_look_into() -> None:
    assert verdict("permissions") == Verdict.OK
    settings.DATA.chmod(0o755)
    try:
        finding = doctor.examine()["permissions"]
    finally:
        settings.DATA.chmod(0o700)

    assert (finding.verdict, finding.remedy) == (Verdict.PROBLEM, f"chmod 700 {settings.DATA}")


def test_weights_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transfer.features.registry.Backbone.available", property(lambda self: self.name == "vgg19"))

    finding = doctor.examine()["weights"]

    assert finding.verdict == Verdict.PROBLEM
    assert "git checkout transfer/weights" in finding.remedy


def test_a_worker_that_reckons_with_more_memory_than_there_is(live_worker: Worker) -> None:
    assert verdict("memory") != Verdict.PROBLEM

    Worker.objects.update(memory=2 * memory.total())

    assert verdict("memory") == Verdict.PROBLEM


@pytest.mark.parametrize(
    ("share", "found"), [(0.5, Verdict.OK), (0.95, Verdict.WARNING), (1.5, Verdict.PROBLEM), (0.0001, Verdict.PROBLEM)]
)
def test_what_a_render_may_use_is_compared_with_what_there_is(share: float, found: Verdict, settings: object) -> None:
    settings.MEMORY = round(share * memory.usable())

    finding = doctor.examine()["memory budget"]

    assert (finding.verdict, bool(finding.remedy)) == (found, found != Verdict.OK)


def test_a_budget_that_was_set_by_hand_is_to_be_set_again(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.MEMORY = 2 * memory.usable()
    assert f"rm {settings.DATA / 'memory'}" in doctor.examine()["memory budget"].remedy

    monkeypatch.setenv("STYLESITE_MEMORY", f"{settings.MEMORY}")

    remedy = doctor.examine()["memory budget"].remedy
    assert remedy.startswith("set STYLESITE_MEMORY to no more than ")
    assert memory.parsed(remedy.rsplit(" ", 1)[1]) < memory.usable()


def test_a_render_whose_worker_is_gone(make_finished: Make, live_worker: Worker) -> None:
    render = make_finished(status=Status.IN_PROGRESS)
    Lease.objects.create(render=render, until=timezone.now() - timedelta(minutes=1), counted=timezone.now())
    assert verdict("stale renders") == Verdict.WARNING

    Worker.objects.all().delete()

    assert verdict("stale renders") == Verdict.PROBLEM


def test_failed_renders_are_counted(make_finished: Make) -> None:
    for _ in range(2):
        make_finished(status=Status.FAILED)

    finding = doctor.examine()["failed renders"]

    assert (finding.verdict, finding.sentence) == (Verdict.WARNING, "2 renders")


def test_a_file_that_is_gone(make_finished: Make) -> None:
    render = make_finished()
    assert verdict("missing files") == Verdict.OK

    default_storage.delete(render.output.name)

    finding = doctor.examine()["missing files"]
    assert finding.verdict == Verdict.PROBLEM
    assert render.output.name in finding.sentence


def test_files_that_nobody_needs_are_counted_and_can_be_removed_with_what_it_says(make_finished: Make) -> None:
    kept = make_finished()
    old, young = (f"renders/{each * 2}/{each * 64}.png" for each in "ab")
    for name in (old, young):
        default_storage.save(name, ContentFile(b"x"))
    two_hours_ago = time.time() - 7200
    for name in (old, kept.output.name):
        os.utime(default_storage.path(name), (two_hours_ago, two_hours_ago))

    finding = doctor.examine()["orphaned files"]
    listed = io.StringIO()
    call_command("doctor", "--orphans", stdout=listed)

    assert finding.verdict == Verdict.WARNING
    assert "1 file that no row refers to" in finding.sentence
    assert listed.getvalue() == f"{default_storage.path(old)}\n"
    subprocess.run("xargs -r -d '\\n' rm", shell=True, input=listed.getvalue(), text=True, check=True)  # noqa: S602
    assert verdict("orphaned files") == Verdict.OK
    assert verdict("missing files") == Verdict.OK


@pytest.mark.parametrize("content", [None, b"this is no database"])
def test_an_installation_whose_database_is_missing_or_damaged(
    content: bytes | None, tmp_path: Path, subprocess_environment: dict[str, str]
) -> None:
    if content:
        (tmp_path / "stylesite.sqlite3").write_bytes(content)
    environment = {**subprocess_environment, "STYLESITE_DATA": str(tmp_path)}

    result = subprocess.run([sys.executable, "manage.py", "doctor"], env=environment, capture_output=True, text=True)

    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert result.stdout.splitlines()[1].startswith("problem  database")
    assert ("manage.py migrate" in result.stdout) == (content is None)


def test_it_does_not_import_torch(subprocess_environment: dict[str, str]) -> None:
    program = (
        "import django, sys; django.setup(); import gallery.management.commands.doctor; print('torch' in sys.modules)"
    )
    environment = {**subprocess_environment, "DJANGO_SETTINGS_MODULE": "stylesite.settings"}

    result = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)

    assert result.stdout.strip() == "False", result.stderr

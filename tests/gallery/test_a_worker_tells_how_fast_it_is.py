"""A worker publishes its device's speed as soon as it knows it; otherwise a separate process measures it."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from gallery.models import Render, Worker
from gallery.processes.parts import Part
from gallery.queueing import reconcile
from tests.conftest import keep_plausible_speeds
from tests.gallery.processes import painting_processes
from transfer.planning import speeds
from transfer.planning.planner import Speed

SPEED = Speed(iteration=0.5, look=1e-7, paint=1e-6)


@pytest.fixture
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing has been measured on this machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture
def measured_before(empty_cache: None, device: str) -> None:
    """Only this device has been measured."""
    keep_plausible_speeds(device)


def told() -> dict:
    return Worker.objects.get().facts


@pytest.mark.usefixtures("measured_before")
def test_what_was_measured_before_is_told_at_once_and_not_measured_again(
    worker: Part, until: Callable[..., None], make_render: Callable[..., Render], wait_for: Callable[..., Render]
) -> None:
    until(lambda: Worker.objects.exists() and told(), "the worker tells its speed")

    assert set(told()) == {"width", "speeds", "slowed"}
    assert told()["speeds"]["vgg19-lite"] == {"iteration": 0.02, "look": 1e-7, "paint": 5e-7, "beside": 0.0}
    assert not painting_processes(worker)

    guessed = Worker.objects.get().device
    wait_for(make_render().id, "completed")
    assert Worker.objects.get().device == guessed
    assert told()["width"] == (2 if "bfloat16" in guessed else 4)


@pytest.mark.usefixtures("empty_cache")
def test_a_machine_that_nobody_has_measured_is_measured_beside_the_worker(
    start_worker: Callable[[], Part], until: Callable[..., None]
) -> None:
    worker = start_worker()

    until(lambda: Worker.objects.exists() and told(), "the worker has measured its speed", seconds=120)

    assert told()["speeds"]["vgg19-lite"]["paint"] > 0
    assert list(speeds.known()) == [Worker.objects.get().device]
    until(lambda: not painting_processes(worker), "the process that measured is gone")


@pytest.mark.usefixtures("empty_cache")
def test_the_measurement_ends_with_its_worker(start_worker: Callable[[], Part], until: Callable[..., None]) -> None:
    worker = start_worker()
    until(lambda: painting_processes(worker), "the measurement has begun")
    (measuring,) = painting_processes(worker)

    assert worker.process is not None
    worker.process.kill()

    until(lambda: not Path(f"/proc/{measuring}/exe").exists(), "the measurement is over")


@pytest.mark.usefixtures("empty_cache", "db")
def test_before_the_first_render_an_accelerator_is_guessed_and_the_painting_process_corrects_it() -> None:
    reconcile.register("w")
    assert (Worker.objects.get().device, told()) == ("", {})

    for device in ("cpu: 2 threads, AVX2, float32", "cuda: H200, bfloat16", "cpu: 4 threads, AVX2, float32"):
        speeds.keep(device, "vgg19-lite", SPEED)
    reconcile.register("w")
    assert Worker.objects.get().device == "cuda: H200, bfloat16"
    assert told()["width"] == 2

    Worker.objects.update(device="cpu: 2 threads, AVX2, float32")
    reconcile.register("w")
    measured = {"width": 4, "speeds": {"vgg19-lite": asdict(SPEED)}}
    assert told() == {**measured, "slowed": told()["slowed"]}

    Worker.objects.update(device="cpu: 8 threads, AVX2, float32")
    reconcile.register("w")
    assert told() == {}

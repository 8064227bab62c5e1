"""A token that the wrong worker takes is not lost: the right one gets it within seconds, even if others are idle."""

import time
from collections.abc import Callable
from pathlib import Path

import django_rq
import pytest
from safetensors.torch import save_file

from benchmarks.random_vgg import random_vgg19
from gallery.models import Render, Status
from gallery.painting.claiming import work_on_next
from gallery.processes.parts import Part
from gallery.queueing import queue

Make = Callable[..., Render]
CLASSIC = {"backbone": "vgg19", "content_layers": ("relu2_1",), "style_layers": ("relu1_1", "relu2_1")}
SOON = 4.0  # seconds; workers issue missing tokens every five


@pytest.fixture
def without_vgg19(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """New workers have little memory and no VGG-19."""
    monkeypatch.setenv("STYLESITE_MEMORY", "2GiB")
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.safetensors"))


@pytest.fixture
def small_and_large(
    without_vgg19: None, start_worker: Callable[[], Part], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[Part, Part]:
    """Two idle workers; the second has VGG-19."""
    small, weights = start_worker(), tmp_path / "vgg19.safetensors"
    save_file(random_vgg19("relu2_1"), weights)
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(weights))
    return small, start_worker()


def test_the_large_worker_takes_its_render_soon_though_the_small_one_is_idle(
    small_and_large: tuple[Part, Part], make_render: Make, wait_for: Callable[..., Render]
) -> None:
    _, large = small_and_large
    for _ in range(3):
        began = time.monotonic()
        render = wait_for(make_render(**CLASSIC).pk, "in_progress", "completed", "failed")
        assert time.monotonic() - began < SOON
        assert wait_for(render.pk, "completed", "failed").status == Status.COMPLETED, render.error
        assert Render.objects.get(pk=render.pk).worker == large.name


def test_the_small_worker_goes_on_with_what_it_can_do_while_another_render_waits_for_the_large_one(
    without_vgg19: None, worker: Part, make_render: Make, wait_for: Callable[..., Render], until: Callable[..., None]
) -> None:
    waiting = make_render(**CLASSIC)
    until(lambda: django_rq.get_queue(queue.QUEUE).count, "its token was issued again")

    for _ in range(3):
        began = time.monotonic()
        found = wait_for(make_render().pk, "in_progress", "completed", "failed")
        assert found.worker == worker.name
        assert time.monotonic() - began < SOON
        assert wait_for(found.pk, "completed", "failed").status == Status.COMPLETED

    assert Render.objects.get(pk=waiting.pk).status == Status.PENDING
    assert Render.objects.get(pk=waiting.pk).attempt == 0


def test_a_worker_told_to_stop_while_all_waits_for_others_stops(
    without_vgg19: None, worker: Part, make_render: Make, until: Callable[..., None]
) -> None:
    make_render(**CLASSIC)
    until(lambda: django_rq.get_queue(queue.QUEUE).count, "its token was issued again")
    assert worker.process is not None

    worker.process.terminate()

    worker.process.wait(5)
    assert worker.process.returncode == 0


def test_a_token_for_others_is_issued_again_and_one_for_nobody_is_not(
    transactional_db: None, make_render: Make, monkeypatch: pytest.MonkeyPatch, without_vgg19: None
) -> None:
    tokens = django_rq.get_queue(queue.QUEUE)
    render = make_render(**CLASSIC)
    tokens.empty()

    work_on_next()
    assert tokens.count == 1

    tokens.empty()
    queue.cancel(render)
    work_on_next()
    assert tokens.count == 0

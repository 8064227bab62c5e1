"""Checkpoints do not pile up: the oldest make room, and half-written ones are deleted."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from django.conf import LazySettings
from django.conf import settings as configured

from gallery.models import Render, Status
from gallery.painting.checkpoints import ABANDONED, OLDEST, prune_stored
from gallery.painting.claiming import claim, see_through

pytestmark = pytest.mark.usefixtures("one_thread")

SHELF = Path(configured.DATA) / "checkpoints"


def keep(name: str, age: float, size: int = 1000) -> Path:
    """A file as a checkpoint's, written `age` seconds ago."""
    path = SHELF / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_the_oldest_go_where_there_are_too_many_bytes(settings: LazySettings) -> None:
    settings.CHECKPOINTS_BYTES = 2500
    names = ("aa/00128-end", "bb/00128-end", "aa/00181-00007", "cc/00128-end")
    oldest, second, third, latest = (keep(f"{name}.safetensors", 400 - 100 * age) for age, name in enumerate(names))

    assert prune_stored() == 2

    assert [path.exists() for path in (oldest, second, third, latest)] == [False, False, True, True]
    assert not second.parent.exists()


def test_what_is_two_weeks_old_goes() -> None:
    old = keep("aa/00128-end.safetensors", OLDEST + 60)
    young = keep("aa/00181-end.safetensors", OLDEST - 60)

    assert prune_stored() == 1

    assert (old.exists(), young.exists()) == (False, True)


def test_what_nobody_goes_on_writing_goes() -> None:
    old = keep("aa/.00128-end.safetensors.4711", ABANDONED + 60)
    young = keep("bb/.00128-end.safetensors.4712", ABANDONED - 60)

    prune_stored()

    assert (old.exists(), young.exists(), old.parent.exists()) == (False, True, False)


def test_where_there_are_none_nothing_happens() -> None:
    assert prune_stored() == 0


def test_it_happens_after_every_publication(clean_queue: redis.Redis, make_render: Callable[..., Render]) -> None:
    old = keep("aa/00128-end.safetensors", OLDEST + 60)
    make_render()

    see_through(claim("worker"))

    assert Render.objects.get().status == Status.COMPLETED
    assert not old.exists()


def test_where_it_fails_no_render_does(
    clean_queue: redis.Redis, make_render: Callable[..., Render], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("the shelf fell down")

    monkeypatch.setattr("gallery.painting.claiming.prune_stored", fail)
    make_render()

    see_through(claim("worker"))

    assert Render.objects.get().status == Status.COMPLETED

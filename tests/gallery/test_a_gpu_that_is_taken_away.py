"""A render whose GPU fails waits for another process, and does not fail. No GPU is needed: a double fails instead."""

from collections.abc import Callable
from typing import Never

import pytest
import redis

from gallery.models import Render, Status
from gallery.painting import claiming
from gallery.painting.claiming import claim, see_through
from transfer.errors import DeviceError

REASON = "cuda failed at 512 px: do the same again, and the CPU paints where it does not answer."


@pytest.fixture(autouse=True)
def taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Painting ends as it does when the GPU is gone."""

    def paint(*words: object) -> Never:
        raise DeviceError(REASON)

    monkeypatch.setattr(claiming, "paint", paint)


def test_the_render_waits_again_and_one_attempt_is_counted(
    clean_queue: redis.Redis, make_finished: Callable[..., Render]
) -> None:
    make_finished(status=Status.PENDING, output="")

    see_through(claim("worker"))

    found = Render.objects.get()
    assert (found.status, found.crashes, found.worker) == (Status.PENDING, 1, "")


def test_after_too_many_it_fails_with_a_sentence_that_says_what_happened(
    clean_queue: redis.Redis, make_finished: Callable[..., Render]
) -> None:
    make_finished(status=Status.PENDING, output="", crashes=4)

    see_through(claim("worker"))

    found = Render.objects.get()
    assert found.status == Status.FAILED
    assert "the last time it lost its device" in found.error

"""Progress from a worker of another version is read as far as possible, and breaks no page."""

import json

import pytest
import redis
from django.test import Client

from gallery.models import Render, Status
from gallery.queueing import progress
from gallery.queueing.progress import Progress

HALFWAY = {
    "fraction": 0.5,
    "rung": 64,
    "rungs": 1,
    "rung_index": 0,
    "iteration": 3,
    "iterations": 6,
    "loss": 0.2,
    "losses": {"total": 0.2},
    "eta_seconds": 4.0,
    "frame": 1,
    "curve": [[1, 0.9]],
    "rung_starts": [1],
}


@pytest.fixture
def render(clean_queue: redis.Redis, make_finished) -> Render:
    """A render that is being painted."""
    return make_finished(status=Status.IN_PROGRESS, output="")


def published(connection: redis.Redis, render: Render, text: str) -> Progress | None:
    """What the site reads after a worker has published this."""
    connection.set(f"stylesite:progress:{render.pk}", text)
    return progress.read(render.pk)


def test_what_is_unknown_is_ignored(clean_queue: redis.Redis, render: Render) -> None:
    newer = {**HALFWAY, "watts": 95, "losses": {"total": 0.2, "sharpness": 0.01}}

    found = published(clean_queue, render, json.dumps(newer))

    assert (found.fraction, found.iteration, found.losses["sharpness"]) == (0.5, 3, 0.01)


@pytest.mark.parametrize("missing", HALFWAY)
def test_what_is_missing_is_as_at_the_start(missing: str, clean_queue: redis.Redis, render: Render) -> None:
    older = {name: value for name, value in HALFWAY.items() if name != missing}

    found = published(clean_queue, render, json.dumps(older))

    assert getattr(found, missing) == getattr(Progress(), missing)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "7", '"x"', json.dumps({**HALFWAY, "losses": [1]}), "\x00"])
def test_what_is_no_progress_is_none(text: str, clean_queue: redis.Redis, render: Render) -> None:
    assert published(clean_queue, render, text) is None


@pytest.mark.parametrize("text", [json.dumps({**HALFWAY, "watts": 95}), "{}", "{", "[]"])
def test_the_pages_of_the_render_answer(text: str, client: Client, clean_queue: redis.Redis, render: Render) -> None:
    published(clean_queue, render, text)

    for address in (f"/renders/{render.pk}/", f"/renders/{render.pk}/status.json", "/queue/"):
        assert client.get(address).status_code == 200, address


def test_a_loss_that_is_not_finite_is_read(clean_queue: redis.Redis, render: Render) -> None:
    progress.publish(render.pk, Progress(loss=float("nan"), curve=[(1, float("inf"))]), b"frame")

    assert progress.read(render.pk).curve[0] == (1, float("inf"))

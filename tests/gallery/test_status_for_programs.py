"""status.json says the same things under the same names, whatever a render's status."""

import hashlib
import uuid
from collections.abc import Callable

import pytest
import redis
from django.test import Client

from gallery.models import Render, Status
from gallery.queueing import progress
from gallery.queueing.progress import Progress

KEYS = [
    "id", "status", "paused", "keep", "progress", "position", "waits_for", "starts_in", "recipe", "output", "error",
    "notes",
]  # fmt: skip
PROGRESS_KEYS = {"fraction", "rung", "iteration", "loss", "eta_seconds", "preview"}
StatusOf = Callable[..., dict]


@pytest.mark.parametrize("status", Status.values)
def test_every_status_has_the_same_keys(status: str, make_finished: Callable[..., Render], status_of: StatusOf) -> None:
    state = status_of(make_finished(status=status).id)

    assert list(state) == KEYS
    assert set(state["progress"]) >= PROGRESS_KEYS
    assert state["status"] == status
    assert state["recipe"]["image_size"] == 64


def test_waiting_renders_have_positions(make_finished: Callable[..., Render], status_of: StatusOf) -> None:
    renders = [make_finished(status=Status.PENDING) for _ in range(3)]
    urgent = make_finished(status=Status.PENDING, priority=5)

    assert [status_of(render.id)["position"] for render in (urgent, *renders)] == [1, 2, 3, 4]
    state = status_of(urgent.id)
    assert (state["progress"]["fraction"], state["output"], state["error"]) == (0, None, None)


def test_a_position_falls_as_the_queue_moves(make_finished: Callable[..., Render], status_of: StatusOf) -> None:
    first, second = (make_finished(status=Status.PENDING) for _ in range(2))
    assert status_of(second.id)["position"] == 2

    Render.objects.filter(pk=first.pk).update(status=Status.CANCELED)

    assert status_of(second.id)["position"] == 1
    assert status_of(first.id)["position"] is None


def test_a_running_render_tells_its_progress(
    make_finished: Callable[..., Render], status_of: StatusOf, client: Client, clean_queue: redis.Redis
) -> None:
    render = make_finished(status=Status.IN_PROGRESS)
    shown = Progress(
        fraction=0.25, rung=128, rungs=2, rung_index=0, iteration=40, iterations=150, loss=0.5,
        losses={"total": 0.5, "content": 0.2, "style": 0.3}, eta_seconds=12.5, frame=3,
    )  # fmt: skip
    progress.publish(render.id, shown, b"\xff\xd8 a picture")

    state = status_of(render.id)

    assert state["position"] is None
    assert state["output"] is None
    found = state["progress"]
    assert (found["fraction"], found["rung"], found["iteration"], found["loss"]) == (0.25, 128, 40, 0.5)
    assert found["eta_seconds"] == 12.5
    frame = client.get(found["preview"])
    assert (frame.headers["Content-Type"], frame.content) == ("image/jpeg", b"\xff\xd8 a picture")


def test_a_running_render_that_has_shown_nothing_yet(
    make_finished: Callable[..., Render], status_of: StatusOf, client: Client, clean_queue: redis.Redis
) -> None:
    render = make_finished(status=Status.IN_PROGRESS)

    assert status_of(render.id)["progress"]["preview"] is None
    assert status_of(render.id)["progress"]["fraction"] == 0
    assert client.get(f"/renders/{render.id}/frame.jpg").status_code == 404


def test_a_finished_render_names_its_output(
    make_finished: Callable[..., Render], status_of: StatusOf, client: Client
) -> None:
    state = status_of(make_finished().id)

    assert state["progress"]["fraction"] == 1
    assert set(state["output"]) == {"url", "width", "height", "sha256"}
    served = b"".join(client.get(state["output"]["url"]).streaming_content)
    assert hashlib.sha256(served).hexdigest() == state["output"]["sha256"]


def test_a_failed_render_tells_why(make_finished: Callable[..., Render], status_of: StatusOf) -> None:
    state = status_of(make_finished(status=Status.FAILED, error="There was not enough memory.").id)

    assert state["error"] == "There was not enough memory."
    assert state["output"] is None


def test_a_cancelled_render_has_neither_output_nor_error(
    make_finished: Callable[..., Render], status_of: StatusOf
) -> None:
    state = status_of(make_finished(status=Status.CANCELED).id)

    assert (state["output"], state["error"], state["position"]) == (None, None, None)


def test_the_status_is_always_asked_for_anew(make_finished: Callable[..., Render], client: Client) -> None:
    response = client.get(f"/renders/{make_finished().id}/status.json")

    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("identifier", [str(uuid.UUID(int=1)), "1", "x"])
def test_an_unknown_render_is_not_found(client: Client, db: None, identifier: str) -> None:
    for path in ("", "status.json", "frame.jpg"):
        assert client.get(f"/renders/{identifier}/{path}").status_code == 404
    for path in ("cancel/", "delete/"):
        assert client.post(f"/renders/{identifier}/{path}").status_code == 404

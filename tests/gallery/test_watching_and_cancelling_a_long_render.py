"""People can watch a render while it is painted; once they cancel it, the worker takes the next one."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from gallery.models import Render, Status
from gallery.processes.parts import Part

pytestmark = pytest.mark.slow


def test_a_long_render_is_watched_then_cancelled_and_the_next_one_is_painted(
    worker: Part,
    client: Client,
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    visitor = "a" * 32
    session = client.session
    session["visitor"] = visitor
    session.save()
    long = make_render(visitor=visitor, image_size=181, num_iterations=2000)
    short = make_render(visitor=visitor)

    wait_for_preview(long.id)
    state = status_of(long.id)
    assert (state["status"], state["position"], state["output"]) == ("in_progress", None, None)
    assert state["progress"]["rung"] == 128
    assert state["progress"]["iteration"] >= 1
    assert state["progress"]["loss"] > 0
    frame = client.get(state["progress"]["preview"])
    assert frame.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(frame.content)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == 128
    seen = state["progress"]["fraction"]
    until(lambda: status_of(long.id)["progress"]["fraction"] > seen, "the fraction rises")
    assert status_of(short.id)["position"] == 1

    response = client.post(f"/renders/{long.id}/cancel/")

    assert response.headers["Location"] == f"/renders/{long.id}/"
    assert status_of(long.id)["status"] == "canceled"
    until(lambda: status_of(short.id)["status"] != "pending", "the worker takes the next render", seconds=15)
    assert wait_for(short.id, "completed", "failed").status == Status.COMPLETED
    row = Render.objects.get(pk=long.id)
    assert (row.status, row.output.name) == (Status.CANCELED, "")
    assert client.get(f"/renders/{long.id}/frame.jpg").status_code == 404
    assert worker.is_running

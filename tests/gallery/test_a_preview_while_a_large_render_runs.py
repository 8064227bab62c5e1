"""A preview is there within seconds while the only worker paints something large, which ends with the same pixels."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from gallery.models import Render, Status
from gallery.processes.parts import Part
from tests.gallery.undisturbed import pixels, pixels_undisturbed

pytestmark = pytest.mark.usefixtures("one_thread")  # on a busy machine, more threads would wait for each other
WITHIN = 20.0  # seconds


@pytest.fixture
def preview_of(alices_browser: Client) -> Callable[[Render], str]:
    """Begins a preview of a render's pictures, by another recipe, and gives its id."""

    def begin(render: Render) -> str:
        fields = {"content_id": render.pair.content_id, "style_id": render.pair.style_id, "num_iterations": 12}
        answer = alices_browser.post("/new/preview/", {**fields, "image_size": 512, "tab": "one"})
        assert answer.status_code == 201
        return answer.json()["id"]

    return begin


@pytest.fixture
def state_of(alices_browser: Client) -> Callable[[str], str]:
    """How a preview is."""
    return lambda preview: alices_browser.get("/new/preview/", {"id": preview}).json()["state"]


@pytest.mark.slow
def test_the_large_one_makes_room_twice_and_loses_nothing(
    start_worker: Callable[[], Part],
    make_render: Callable[..., Render],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
    preview_of: Callable[[Render], str],
    state_of: Callable[[str], str],
) -> None:
    large = make_render(image_size=1024, num_iterations=12)
    worker = start_worker()
    for rung in (512, 1024):
        until(lambda rung=rung: (status_of(large.id)["progress"]["rung"] or 0) >= rung, f"it paints at {rung} px")
        began = time.monotonic()
        preview = preview_of(large)
        until(lambda preview=preview: state_of(preview) == "done", "the preview is there", WITHIN)
        assert time.monotonic() - began < WITHIN
        assert Render.objects.get().status != Status.COMPLETED

    row = wait_for(large.id, "completed", "failed")
    assert (row.status, row.attempt, row.crashes, row.notes) == (Status.COMPLETED, 3, 0, [])
    assert pixels(row) == pixels_undisturbed(row)
    assert worker.is_running

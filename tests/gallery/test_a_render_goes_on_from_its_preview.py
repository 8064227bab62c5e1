"""A render goes on from the rungs that a preview in the studio has painted, and a preview from an earlier one's."""

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Render
from gallery.painting import lingering
from gallery.painting.claiming import work_on_next
from tests.gallery.files import upload
from tests.gallery.undisturbed import pixels, pixels_undisturbed
from tests.pictures import as_bytes, painting, photograph

pytestmark = pytest.mark.usefixtures("one_thread", "clean_queue", "transactional_db")


@pytest.fixture
def previewed(alices_browser: Client, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The fields of a form whose preview was painted here."""
    monkeypatch.setattr(lingering, "LINGERS", 0.0)
    fields = {
        "content": upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG")),
        "style": upload("strokes.png", as_bytes(painting((80, 80)))),
        "num_iterations": "20",
        "tab": "one",
    }
    answer: HttpResponse = alices_browser.post("/new/preview/", {**fields, "image_size": "181"})
    work_on_next()
    seen = alices_browser.get("/new/preview/", {"id": answer.json()["id"]}).json()
    assert (seen["state"], seen["rung"], seen["fraction"]) == ("done", 181, 1.0)
    assert seen["picture"].startswith("data:image/jpeg;base64,")
    assert not Render.objects.exists()
    stored = {f"{name}_id": pk for name, pk in answer.json()["pictures"].items()}
    return {**stored, "num_iterations": "20", "tab": "one"}


def test_the_finished_picture_starts_above_the_preview_and_is_the_same(
    previewed: dict[str, object], alices_browser: Client
) -> None:
    alices_browser.post("/new/", {**previewed, "image_size": "256"})
    work_on_next()

    row = Render.objects.get()
    first_iteration = row.curve[0][0]
    assert first_iteration > 20  # those of 128 and 181 px were painted before
    assert pixels(row) == pixels_undisturbed(row)


def test_the_same_preview_is_there_at_once(previewed: dict[str, object], alices_browser: Client) -> None:
    preview = alices_browser.post("/new/preview/", {**previewed, "image_size": "181"}).json()["id"]
    work_on_next()

    seen = alices_browser.get("/new/preview/", {"id": preview}).json()
    assert (seen["state"], seen["n"]) == ("done", 1)

"""A film is asked for, made, watched and deleted as a render is; a killed one goes on at its last frame."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gallery.models import Render, Status
from gallery.processes.parts import Part
from tests.gallery.files import upload
from tests.gallery.processes import painting_processes
from tests.pictures import as_bytes, photograph

ZOOM = {"kind": "zoom", "image_size": "64", "first_octave": "64", "octave_iter": "1", "frames": "6"}


def asked(client: Client, **fields: str) -> Any:
    content = upload("house.jpg", as_bytes(photograph((96, 72)), "JPEG"))
    return client.post("/new/", {**ZOOM, "content": content, **fields})


def render_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.headers["Location"].split("/")[2]


def test_a_zoom_is_a_film_with_a_picture_on_its_page_on_its_card_and_in_its_status(
    worker: Part,
    client: Client,
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    stored_files: Callable[[], set[str]],
) -> None:
    row = wait_for(render_of(asked(client)), "completed", "failed")

    assert (row.status, row.error) == (Status.COMPLETED, "")
    assert (row.film_frames, round(row.film_seconds, 3), row.width, row.height) == (6, 0.25, 64, 48)
    address = f"/renders/{row.pk}/film.mp4"
    page = client.get(row.get_absolute_url()).content.decode()
    assert f'<source src="{address}" type="video/mp4">' in page
    assert f'poster="{row.output.url}"' in page
    assert f'property="og:image" content="http://testserver{row.thumbnail.storage.url("")}' in page
    assert "6 frames, 0.2 s" in page or "6 frames, 0.3 s" in page
    assert 'class="film-length"' in client.get("/").content.decode()
    assert status_of(row.pk)["output"]["film"] == address
    assert f'<a href="/new/?kind=film&amp;content_render={row.pk}">Film it in a style</a>' in page
    studio = client.get("/new/", {"kind": "film", "content_render": str(row.pk)}).context["form"]
    assert [slot.chosen for slot in studio.picture_slots] == [row, None]

    whole = b"".join(client.get(address).streaming_content)
    part = client.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content, part.headers["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert whole[4:8] == b"ftyp"
    zipped = b"".join(client.post("/selection/download/", {"render": str(row.pk), "sure": "1"}).streaming_content)
    assert whole in zipped

    client.post(f"/renders/{row.pk}/delete/")
    assert client.get(address).status_code == 404
    assert not [name for name in stored_files() if name.startswith("films/")]


def test_a_killed_film_goes_on_at_its_last_frame(
    worker: Part,
    client: Client,
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
) -> None:
    film = render_of(asked(client, frames="600", octave_iter="2"))
    until(lambda: (status_of(film)["progress"]["iteration"] or 0) > 1, "a frame is there")
    until(lambda: Render.objects.get(pk=film).crashes == 0 and _checkpoints(), "a checkpoint is there")
    before = status_of(film)["progress"]["iteration"]
    (process,) = painting_processes(worker)
    os.kill(process, signal.SIGKILL)

    until(lambda: Render.objects.get(pk=film).attempt == 2, "it was taken again")
    until(lambda: (status_of(film)["progress"]["iteration"] or 0) > before, "it goes on after its last frame")
    client.post(f"/renders/{film}/keep/")
    row = wait_for(film, "completed", "failed")
    assert row.status == Status.COMPLETED
    assert before < row.film_frames < 600
    assert f"Stopped early, at frame {row.film_frames} of 600." in row.notes


def _checkpoints() -> list[str]:
    from gallery.painting.checkpoints import Stored

    return [each.name for each in Stored().everything()]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"frames": "1501"}, "A film can have up to 1,500 frames here."),
        ({"image_size": "1025"}, "A film can be up to 1,024 px long here."),
        ({"frames": "1"}, "Choose at least 2."),
        ({"zoom": "9"}, "Choose at most 1.5."),
    ],
)
def test_what_no_film_can_be_is_said_and_nothing_is_queued(
    client: Client, db: None, fields: dict[str, str], complaint: str
) -> None:
    answer = asked(client, **fields)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not Render.objects.exists()


def test_the_form_says_beforehand_how_long_and_how_large_a_film_can_be(client: Client, db: None) -> None:
    page = client.get("/new/?kind=zoom").content.decode()
    assert "A film can have up to 1,500 frames here, and be up to 1,024 px long." in page
    assert "up to 1,500 frames" not in client.get("/new/?kind=dream").content.decode()


def test_a_picture_has_no_film(client: Client, make_finished: Callable[..., Render]) -> None:
    row = make_finished()
    assert client.get(f"/renders/{row.pk}/film.mp4").status_code == 404
    assert "<video" not in client.get(row.get_absolute_url()).content.decode()

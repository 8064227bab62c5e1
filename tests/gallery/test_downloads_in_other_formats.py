"""A finished render is also available as WebP and AVIF, with its metadata; they are made once and deleted with it."""

import io
import os
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from gallery.doctor import files
from gallery.models import Render, Status
from gallery.pictures import blobs
from gallery.pictures.results import derived
from tests.pictures import painting
from tests.provenance import made_up
from transfer.metadata import Provenance, decode, encode
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
FORMATS = ["webp", "avif"]


@pytest.fixture
def provenance() -> Provenance:
    """Provenance as a worker writes it."""
    return made_up(recipe=StyleRecipe(seed=77))


@pytest.fixture
def painted(make_finished: Make, provenance: Provenance) -> Callable[..., Render]:
    """A finished render whose output has metadata."""

    def make(owner: User | None = None) -> Render:
        stored = encode(painting((64, 48), seed=5), provenance)
        return make_finished(owner, output=blobs.store("renders", stored, ".png"), output_sha256=blobs.digest(stored))

    return make


@pytest.mark.parametrize("ending", FORMATS)
def test_the_picture_and_what_made_it_come_along(
    ending: str, client: Client, painted: Callable[..., Render], provenance: Provenance
) -> None:
    response = client.get(f"/renders/{painted().id}/output.{ending}")

    assert (response.status_code, response.headers["Content-Type"]) == (200, f"image/{ending}")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    with Image.open(io.BytesIO(response.getvalue())) as image:
        assert (image.format, image.size) == (ending.upper(), (64, 48))
        assert decode(image) == provenance


@pytest.mark.parametrize("ending", FORMATS)
def test_an_output_without_metadata_is_converted_as_well(ending: str, client: Client, make_finished: Make) -> None:
    response = client.get(f"/renders/{make_finished().id}/output.{ending}")

    with Image.open(io.BytesIO(response.getvalue())) as image:
        assert (image.size, decode(image)) == ((64, 48), None)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_made_once_and_goes_with_its_output(
    alice: User, alices_browser: Client, painted: Callable[..., Render], stored_files: Callable[[], set[str]]
) -> None:
    one, other = painted(alice), painted(alice)
    before = stored_files()
    first = alices_browser.get(f"/renders/{one.id}/output.webp").getvalue()
    made = stored_files() - before
    assert len(made) == 1

    assert alices_browser.get(f"/renders/{other.id}/output.webp").getvalue() == first
    assert stored_files() - before == made

    alices_browser.post(f"/renders/{one.id}/delete/")
    assert made <= stored_files()
    alices_browser.post(f"/renders/{other.id}/delete/")
    assert not made & stored_files()


def test_the_doctor_tells_files_of_an_output_from_those_of_none(client: Client, make_finished: Make) -> None:
    render = make_finished()
    client.get(f"/renders/{render.id}/output.webp")
    lost = derived.stored(derived.name(f"renders/ab/{'ab' * 32}.png", ".avif"), lambda: b"of an output that is gone")
    for name in (lost, derived.name(str(render.output), ".webp")):
        os.utime(default_storage.path(name), (0, 0))

    assert list(files.orphans()) == [lost]


def test_what_is_too_large_is_not_offered(client: Client, make_finished: Make) -> None:
    render = make_finished(width=8000, height=8000)

    assert "output.webp" not in client.get(f"/renders/{render.id}/").content.decode()
    response = client.get(f"/renders/{render.id}/output.webp")
    assert response.status_code == 413
    assert "take the PNG" in response.content.decode()


def test_those_who_come_while_enough_wait_are_told_to_come_again(client: Client, make_finished: Make) -> None:
    address = f"/renders/{make_finished().id}/output.webp"
    statuses = []

    def ask_twice_more() -> bytes:
        """Asks as from another thread, while one file is being made and the next one waits."""
        derived._entered.acquire()
        response = client.get(f"/renders/{make_finished(seed=4).id}/output.webp")
        statuses.append((response.status_code, response.headers["Retry-After"]))
        derived._entered.release()
        return b"made"

    derived.stored("derived/00/busy.webp", ask_twice_more)

    assert statuses == [(503, "5")]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("what", ["output.webp", "output.avif", "timelapse.mp4", "timelapse.webp"])
def test_an_unfinished_render_has_none(what: str, client: Client, make_finished: Make) -> None:
    assert client.get(f"/renders/{make_finished(status=Status.CANCELED).id}/{what}").status_code == 404

"""A script that submits a form gets the address of what was made; the page's messages wait for its reader."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gallery.models import Picture, Render, Sweep
from tests.pictures import as_bytes, painting

pytestmark = pytest.mark.usefixtures("clean_queue", "db")
SCRIPT = {"Accept": "application/json"}
NOTE = "print.jpg has CMYK colours"


@pytest.mark.parametrize(
    ("address", "fields", "made"),
    [("/new/", {}, Render), ("/sweeps/new/", {"axis_1": "strength", "values_1": "0.2, 0.8"}, Sweep)],
)
def test_and_the_note_on_its_file_is_there(
    address: str,
    fields: dict[str, str],
    made: type[Render | Sweep],
    client: Client,
    make_picture: Callable[..., Picture],
) -> None:
    upload = SimpleUploadedFile("print.jpg", as_bytes(painting().convert("CMYK"), "JPEG"))
    data = {"content": upload, "style_id": str(make_picture().pk), "num_iterations": "3", "image_size": "64", **fields}

    answer = client.post(address, data, headers=SCRIPT)

    first = Render.objects.order_by("sweep_place").first()
    expected = {"address": made.objects.get().get_absolute_url(), "render": str(first.pk) if first else ""}
    assert (answer.status_code, answer.json()) == (201, expected)
    assert NOTE in client.get(answer.json()["address"]).content.decode()


def test_what_is_wrong_is_still_the_page(client: Client) -> None:
    answer = client.post("/new/", {"image_size": "7"}, headers=SCRIPT)

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()

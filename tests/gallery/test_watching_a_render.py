"""A real worker paints a submitted render, and its status shows the progress."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gallery.models import Render
from gallery.processes.parts import Part


def test_a_posted_pair_is_painted_and_its_status_names_the_output(
    client: Client,
    worker: Part,
    content_file: SimpleUploadedFile,
    style_file: SimpleUploadedFile,
    wait_for: Callable[..., Render],
) -> None:
    response = client.post(
        "/new/", {"content": content_file, "style": style_file, "image_size": "96", "num_iterations": "5"}
    )
    assert response.status_code == 302
    address = response.headers["Location"]

    wait_for(address.split("/")[2], "completed")

    state = client.get(f"{address}status.json").json()
    assert state["status"] == "completed"
    assert state["progress"]["fraction"] == 1
    assert state["position"] is None
    assert state["error"] is None
    assert state["recipe"]["image_size"] == 96
    assert (state["output"]["width"], state["output"]["height"]) == (96, 72)
    picture = client.get(state["output"]["url"])
    assert picture.status_code == 200
    assert picture.headers["Content-Type"] == "image/png"

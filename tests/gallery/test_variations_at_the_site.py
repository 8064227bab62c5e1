"""Variations in the studio: its form, its plan, and a render that a worker paints."""

from collections.abc import Callable
from typing import Any

from tests.gallery.files import upload
from tests.pictures import as_bytes
from tests.transfer.variations import islands


def test_the_form_has_its_fields_and_its_two_pictures(client: Any, db: None) -> None:
    page = client.get("/new/?kind=variation").content.decode()

    for name in ("content", "guide", "shape", "extent", "variety", "seed", "method", "patch_size", "image_size"):
        assert f'name="{name}"' in page
    assert 'name="style"' not in page
    assert "What stays" in page
    assert "as the picture" in page


def test_the_plan_says_size_time_and_what_is_to_be_expected(client: Any, db: None) -> None:
    fields = {"kind": "variation", "content_size": "96x72", "image_size": "512", "shape": "2:1"}
    told = client.post("/new/plan/", fields).content.decode()

    assert "512 × 256 px" in told
    assert "is enlarged to" in told


def test_what_is_wrong_stands_beside_its_fields(client: Any, db: None) -> None:
    answer = client.post("/new/", {"kind": "variation", "variety": "3", "shape": "round"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"content", "variety", "shape"}


def test_it_is_painted_and_its_page_says_of_what(
    client: Any, db: None, start_worker: Callable[[], Any], wait_for: Callable[..., Any]
) -> None:
    start_worker()
    pictures = {
        "content": upload("islands.png", as_bytes(islands())),
        "guide": upload("stays.png", as_bytes(islands())),
    }
    fields = {"kind": "variation", "image_size": "64", "num_iterations": "5", "shape": "1:1", "seed": "4"}
    address = client.post("/new/", {**fields, **pictures}).headers["Location"]

    row = wait_for(address.split("/")[2], "completed", "failed")
    assert (row.status, row.error, row.width, row.height) == ("completed", "", 64, 64)
    page = client.get(address).content.decode()
    assert '<th scope="row">Variety' in page
    assert "islands.png" in page
    assert "Another one</button>" in page
    assert "another seed" not in page

"""Walks in the studio: their form, their limits, and a film that a worker makes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.gallery.files import upload
from tests.pictures import as_bytes
from tests.transfer.variations import islands


def asked(client: Any, **fields: str) -> Any:
    content = upload("islands.png", as_bytes(islands()))
    return client.post("/new/", {"kind": "walk", "image_size": "64", "content": content, **fields})


def test_the_form_has_its_fields_and_its_two_pictures_and_says_how_long_a_film_can_be(client: Any, db: None) -> None:
    page = client.get("/new/?kind=walk").content.decode()

    for name in ("content", "guide", "stations", "seconds", "closes", "rate", "variety", "seed", "image_size"):
        assert f'name="{name}"' in page
    assert "What stays" in page
    assert "A film can have up to 1,500 frames here, and be up to 1,024 px long." in page


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"stations": "50", "seconds": "3"}, "It would have 2,250 frames, and 1,500 are the most here"),
        ({"image_size": "1025"}, "A film can be up to 1,024 px long here."),
        ({"stations": "1"}, "Choose at least 2."),
    ],
)
def test_what_no_walk_can_be_is_said_and_nothing_is_queued(
    client: Any, db: None, fields: dict[str, str], complaint: str
) -> None:
    answer = asked(client, closes="on", **fields)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()


def test_a_variation_can_be_walked_from(client: Any, make_finished: Callable[..., Any]) -> None:
    page = client.get(make_finished().get_absolute_url()).content.decode()
    assert "Film its variations" in page


def test_it_is_filmed_and_its_page_plays_it(
    client: Any, db: None, start_worker: Callable[[], Any], wait_for: Callable[..., Any]
) -> None:
    start_worker()
    address = asked(client, num_iterations="4", stations="2", seconds="0.2", closes="on").headers["Location"]

    row = wait_for(address.split("/")[2], "completed", "failed")
    assert (row.status, row.error, row.film_frames, row.width, row.height) == ("completed", "", 6, 64, 48)
    page = client.get(address).content.decode()
    assert f'<source src="/renders/{row.pk}/film.mp4" type="video/mp4">' in page
    assert '<th scope="row">Stations' in page

"""Pictures that the site makes itself can be chosen in the studio at any time, not only on the first page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from gallery.models import Picture
from gallery.studio.starters import starters

pytestmark = pytest.mark.django_db
HEIGHTMAP = starters().contents["heightmap"]


@pytest.mark.parametrize(("place", "first"), [("content", "contents"), ("style", "styles"), ("style_2", "styles")])
def test_they_are_offered_with_those_for_the_place_first(place: str, first: str, client: Client) -> None:
    offered = client.get("/new/choose/", {"for": place}).context["starters"]

    there = starters()
    assert [sample for _, samples in offered for sample in samples] == [
        *getattr(there, first).values(),
        *(there.styles if first == "contents" else there.contents).values(),
    ]


def test_words_find_them(client: Client) -> None:
    offered = client.get("/new/choose/", {"q": "HEIGHTMAP"}).context["starters"]

    assert [sample.title for _, samples in offered for sample in samples] == [HEIGHTMAP.title]
    assert "Nothing here is called “zebra”" in client.get("/new/choose/", {"q": "zebra"}).content.decode()


def test_one_that_is_taken_is_made_and_stands_in_its_place(client: Client) -> None:
    response = client.post(f"/starters/{HEIGHTMAP.key}/", {"slot": "style_2", "back": "content=abc&styles=2"})

    made = Picture.objects.get()
    assert made.title == HEIGHTMAP.title
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    assert query == {"content": ["abc"], "styles": ["2"], "style_2": [str(made.pk)]}


def test_a_program_gets_its_id_and_what_does_not_exist_is_not_found(client: Client) -> None:
    address = f"/starters/{HEIGHTMAP.key}/"
    answer = client.post(address, {"slot": "content"}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["id"]) == (201, str(Picture.objects.get().pk))
    assert client.post(address, {"slot": "<b>"}).status_code == 404
    assert client.post("/starters/none/", {"slot": "content"}).status_code == 404

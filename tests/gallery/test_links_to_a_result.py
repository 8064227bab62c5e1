"""A link to a result shows its picture and title on other sites, as Open Graph has it; what is hidden shows nothing."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image

from gallery.accounts.person import NOBODY, Person
from gallery.models import Render
from gallery.models.querysets import RenderQuerySet
from gallery.pictures import blobs, thumbnails
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]


def tags(client: Client, render: Render) -> dict[str, str]:
    """The page's tags by their names."""
    head = client.get(f"/renders/{render.id}/").content.decode().split("</head>")[0]
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', head))


def test_a_link_shows_title_and_picture(client: Client, make_finished: Make) -> None:
    picture = painting((1600, 900), seed=3)
    values = {"output": blobs.store("renders", as_bytes(picture), ".png"), "width": 1600, "height": 900}
    render = make_finished(title="River & <sea>", **values, **thumbnails.make(picture).fields())

    found = tags(client, render)

    assert found["og:title"] == "River &amp; &lt;sea&gt;"
    assert found["og:url"] == f"http://testserver/renders/{render.id}/"
    assert found["og:image"].startswith("http://testserver/media/thumbnails/")
    assert found["og:description"] == "Painted from House and Strokes, 1600 × 900 px."
    assert found["twitter:card"] == "summary_large_image"
    answer = client.get(found["og:image"].removeprefix("http://testserver"))
    assert answer.headers["Content-Type"] == found["og:image:type"]
    with Image.open(io.BytesIO(answer.getvalue())) as shown:
        assert shown.size == (int(found["og:image:width"]), int(found["og:image:height"])) == (1280, 720)


def test_a_long_description_is_cut(client: Client, make_finished: Make) -> None:
    found = tags(client, make_finished(description="word\r\n" * 100))

    assert found["og:description"].startswith("word word")
    assert len(found["og:description"]) <= 200


def test_what_not_everybody_may_see_shows_nothing(
    client: Client, make_finished: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = make_finished()
    seen = RenderQuerySet.visible_to

    def only_by_people(rows: RenderQuerySet, person: Person) -> RenderQuerySet:
        return rows.none() if person is NOBODY else seen(rows, person)

    monkeypatch.setattr(RenderQuerySet, "visible_to", only_by_people)

    assert not [name for name in tags(client, render) if name.startswith("og:")]


def test_what_is_not_finished_shows_nothing(client: Client, make_finished: Make) -> None:
    assert not [name for name in tags(client, make_finished(status="failed")) if name.startswith("og:")]

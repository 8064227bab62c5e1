"""The studio offers all kinds of work that begin with pictures, says what each is for, and keeps the pictures."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from gallery.models import Picture
from tests.gallery.test_presets_in_the_studio import LARGEST
from transfer.kinds import DREAM, INSTANT, KINDS, STYLE, VARIATION

pytestmark = pytest.mark.django_db
CHOSEN = [kind for kind in KINDS if kind.takes]


def offered(page: str) -> dict[str, dict[str, list[str]]]:
    """What the links to kinds ask the studio for, by the kind's name."""
    links = re.findall(r'<a href="([^"]+)"[^>]* data-kind="', page)
    queries = [parse_qs(urlsplit(html.unescape(link)).query) for link in links]
    return {query["kind"][0]: query for query in queries}


@pytest.mark.parametrize("kind", CHOSEN, ids=lambda kind: kind.name)
def test_each_says_what_it_is_for(kind: object, client: Client) -> None:
    page = client.get("/new/").content.decode()

    assert kind.says.endswith(".")  # type: ignore[attr-defined]
    assert html.escape(kind.says) in page  # type: ignore[attr-defined]


def test_only_what_begins_with_pictures_is_offered(client: Client) -> None:
    assert set(offered(client.get("/new/").content.decode())) == {kind.name for kind in CHOSEN}


@pytest.mark.parametrize("kind", [STYLE, INSTANT, DREAM, VARIATION], ids=lambda kind: kind.name)
def test_it_is_shown_by_a_small_picture(kind: object, client: Client) -> None:
    name = f"kinds/{kind.name}.webp"  # type: ignore[attr-defined]

    assert f'src="{static(name)}"' in client.get("/new/").content.decode()
    assert 0 < (Path(settings.BASE_DIR) / "static" / name).stat().st_size <= LARGEST


def test_what_is_chosen_goes_along(client: Client, make_picture: Callable[..., Picture]) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    places = {"content": content.pk, "content_crop": "0.1,0,0.9,1;90", "style_2": style.pk, "start": style.pk}

    links = offered(client.get("/new/", places).content.decode())

    kept = {"content": [str(content.pk)], "content_crop": [places["content_crop"]], "style_2": [str(style.pk)]}
    assert links["dream"] == {"kind": ["dream"], **kept}
    assert links["instant"] == {"kind": ["instant"], **kept}


def test_what_has_no_place_goes_along_to_the_next_kind(client: Client, make_picture: Callable[..., Picture]) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    chosen = {"content": str(content.pk), "style": str(style.pk), "style_crop": "0.1,0,0.9,1;90"}

    for kind in ("texture", "dream", "zoom"):  # none takes both
        links = offered(client.get("/new/", {"kind": kind, **chosen}).content.decode())

        assert links["style"] == {"kind": ["style"], **{name: [value] for name, value in chosen.items()}}


def test_a_picture_does_not_go_where_a_clip_belongs_but_goes_round_it(
    client: Client, make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)
    chosen = {"content": str(content.pk), "content_crop": "0.1,0,0.9,1;90", "style": str(style.pk)}

    there = offered(client.get("/new/", chosen).content.decode())["film"]
    back = offered(client.get("/new/", {name: value[0] for name, value in there.items()}).content.decode())

    set_aside = {"aside": [str(content.pk)], "aside_crop": [chosen["content_crop"]]}
    assert there == {"kind": ["film"], "style": [str(style.pk)], **set_aside}
    assert back["dream"] == {"kind": ["dream"], **{name: [value] for name, value in chosen.items()}}


def test_a_guide_stays_since_it_is_something_else_to_each_kind(
    client: Client, make_picture: Callable[..., Picture]
) -> None:
    guide = make_picture(seed=1)

    links = offered(client.get("/new/", {"kind": "dream", "guide": guide.pk}).content.decode())

    assert links["variation"] == {"kind": ["variation"]}

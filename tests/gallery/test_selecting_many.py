"""People tag, collect and download many pictures at once, by a plain form too."""

import csv
import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.browsing.descriptions import MOST_TAGS
from gallery.models import Collection, Picture, Render, Status, Tag
from gallery.pictures.results import archive

Make = Callable[..., Render]


def chosen(*renders: Render, **fields: object) -> dict[str, object]:
    """What the form sends."""
    return {"render": [each.pk for each in renders], "sure": "1", **fields}


def tags_of(render: Render) -> set[str]:
    return set(render.tags.values_list("name", flat=True))


def test_every_card_can_be_ticked_in_a_form(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    gallery = alices_browser.get("/").content.decode()

    assert f'<input type="checkbox" form="selection" name="render" value="{render.pk}"' in gallery
    for step in ("tag", "collect", "delete"):
        assert f'formaction="/selection/{step}/"' in gallery
    assert f'name="picture" value="{render.pair.content_id}"' in alices_browser.get("/pictures/").content.decode()


@pytest.mark.parametrize("step", ["tag", "collect", "delete"])
def test_a_step_asks_before_it_does_anything(
    step: str, alices_browser: Client, alice: User, make_finished: Make
) -> None:
    render = make_finished(alice)

    page = alices_browser.post(f"/selection/{step}/", {"render": render.pk, "next": "/?only=mine"}).content.decode()
    part = alices_browser.post(
        f"/selection/{step}/", {"render": render.pk}, headers={"HX-Request": "true"}
    ).content.decode()

    assert f'name="render" value="{render.pk}"' in page
    assert 'name="next" value="/?only=mine"' in page
    assert "<html" in page
    assert "<html" not in part


def test_tags_are_added_to_ones_own(alices_browser: Client, alice: User, bob: User, make_finished: Make) -> None:
    hers, his = make_finished(alice, seed=1), make_finished(bob, seed=2)
    hers.tags.add(Tag.objects.create(name="sea"))

    alices_browser.post("/selection/tag/", chosen(hers, his, tags="Night, #harbour"))

    assert (tags_of(hers), tags_of(his)) == ({"sea", "night", "harbour"}, set())
    assert alices_browser.get("/?q=harbour").context["page"].renders == [hers]


def test_commas_of_any_script_part_them(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    alices_browser.post("/selection/tag/", chosen(render, tags="夜、港，sea، بحر"))

    assert tags_of(render) == {"夜", "港", "sea", "بحر"}


def test_no_render_gets_too_many_tags(alices_browser: Client, alice: User, make_finished: Make) -> None:
    full, free = make_finished(alice, seed=1), make_finished(alice, seed=2)
    full.tags.set([Tag.objects.create(name=f"tag {number}") for number in range(MOST_TAGS)])

    page = alices_browser.post("/selection/tag/", chosen(full, free, tags="night"), follow=True).content.decode()

    assert "night" not in tags_of(full)
    assert tags_of(free) == {"night"}
    assert "1 render would have too many tags" in page


@pytest.mark.parametrize("tags", ["", "<b>", "x" * 41])
def test_what_is_no_tag_is_said(tags: str, alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(alice)

    assert 'role="alert"' in alices_browser.post("/selection/tag/", chosen(render, tags=tags)).content.decode()
    assert not tags_of(render)


def test_anybodys_renders_go_into_a_new_collection_in_their_order(client: Client, make_finished: Make) -> None:
    older, newer = make_finished(seed=1), make_finished(seed=2)

    client.post("/selection/collect/", chosen(older, newer, title="Seas"))
    collection = Collection.objects.get()
    client.post("/selection/collect/", chosen(newer, collection=collection.pk))

    assert client.get(collection.get_absolute_url()).context["page"].renders == [newer, older]


def test_only_into_ones_own_collection(bobs_browser: Client, alice: User, make_finished: Make) -> None:
    wall = Collection.objects.create(owner=alice, title="A wall")

    answer = bobs_browser.post("/selection/collect/", chosen(make_finished(), collection=wall.pk))

    assert answer.status_code == 403
    assert not wall.entries.exists()


def downloaded(browser: Client, **fields: object) -> zipfile.ZipFile:
    answer = browser.post("/selection/download/", fields)
    assert answer.streaming
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.testzip() is None
    return found


def test_a_zip_has_pictures_recipes_and_credits(client: Client, alice: User, make_finished: Make) -> None:
    one, two = make_finished(alice, seed=1, title="Harbour at night"), make_finished(alice, seed=2, title="=1+1")
    Picture.objects.filter(pk=one.pair.style_id).update(author="Anna Berg", licence="CC BY 4.0")
    untitled, same = make_finished(alice, seed=3), make_finished(alice, seed=4)

    found = downloaded(client, render=[each.pk for each in (one, two, untitled, same)])

    pictures = {name for name in found.namelist() if name.endswith(".png")}
    assert pictures == {
        "harbour-at-night-64px.png",
        "1-1-64px.png",
        "house-strokes-64px.png",
        "house-strokes-64px-2.png",
    }
    with one.output.open("rb") as file:
        assert found.read("harbour-at-night-64px.png") == file.read()
    assert json.loads(found.read("recipes/harbour-at-night-64px.json"))["kind"] == "style"
    rows = list(csv.DictReader(io.StringIO(found.read("credits.csv").decode("utf-8-sig"))))
    style = next(row for row in rows if row["file"] == "harbour-at-night-64px.png" and row["role"] == "style")
    assert (style["author"], style["licence"]) == ("Anna Berg", "CC BY 4.0")
    assert {row["picture"] for row in rows if row["role"] == "result"} >= {"Harbour at night", "'=1+1"}


def test_a_zip_of_ones_pictures(alices_browser: Client, alice: User, make_picture: Callable[..., Picture]) -> None:
    picture = make_picture(alice, name="content_harbour.png")

    assert downloaded(alices_browser, picture=picture.pk).namelist() == ["harbour.png", "credits.csv"]


def test_a_zip_is_sent_in_small_pieces(make_finished: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    render = make_finished()
    monkeypatch.setattr(archive, "CHUNK", 100)

    pieces = list(archive.of_renders([render] * 20))

    assert max(map(len, pieces[:-1])) < 3000  # the last one names all files
    assert sum(map(len, pieces)) > 20 * render.output.open("rb").seek(0, 2)


def test_what_has_no_picture_is_not_downloaded(client: Client, make_finished: Make) -> None:
    answer = client.post("/selection/download/", {"render": make_finished(status=Status.FAILED).pk}, follow=True)

    assert "Choose at least one picture" in answer.content.decode()
    assert client.post("/selection/download/", {"render": "x"}).status_code == 404

"""Every picture has an author, a source and a licence: said by its owner, known of what is made here, and passed on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Collection, CollectionEntry, Picture, Render
from gallery.painting.paint import paint
from gallery.pictures import credits as given
from gallery.pictures import making
from transfer.credits import Credit
from transfer.synthesis.recipes.earth import EarthRecipe
from transfer.synthesis.recipes.land import WorldRecipe

Make = Callable[..., Render]
HARBOUR = {"author": "Anna  Berg ", "source": "https://example.org/harbour", "licence": "CC BY 4.0"}
OF_HARBOUR = Credit(author="Anna Berg", source="https://example.org/harbour", licence="CC BY 4.0")


def test_its_owner_says_whose_it_is(alice: User, alices_browser: Client, make_picture: Callable[..., Picture]) -> None:
    picture = make_picture(alice)

    assert not picture.credit
    assert f'href="/pictures/{picture.pk}/credit/' in alices_browser.get("/pictures/").content.decode()
    answer = alices_browser.post(f"/pictures/{picture.pk}/credit/", {**HARBOUR, "next": "/pictures/?q=x"})

    picture.refresh_from_db()
    assert picture.credit == OF_HARBOUR
    assert answer.headers["Location"] == "/pictures/?q=x"
    page = alices_browser.get("/pictures/?q=berg+harbour").content.decode()
    assert "Anna Berg" in page
    assert 'href="https://example.org/harbour" rel="nofollow noopener"' in page


def test_nobody_else_says_so(
    alice: User, bobs_browser: Client, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice)

    assert bobs_browser.post(f"/pictures/{picture.pk}/credit/", HARBOUR).status_code == 403
    bobs_browser.post("/selection/credit/", {**HARBOUR, "picture": picture.pk, "sure": "1"})
    picture.refresh_from_db()
    assert not picture.credit
    render = make_finished(alice, content=picture)
    assert "Add credit" not in bobs_browser.get(render.get_absolute_url()).content.decode()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_the_form_leads_nowhere_else(
    alice: User, alices_browser: Client, make_picture: Callable[..., Picture], address: str
) -> None:
    answer = alices_browser.post(f"/pictures/{make_picture(alice).pk}/credit/", {**HARBOUR, "next": address})

    assert answer.headers["Location"] == "/pictures/"


def test_a_source_that_is_no_web_address_is_no_link(
    alice: User, alices_browser: Client, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(alice)
    Picture.objects.filter(pk=picture.pk).update(source="javascript:alert(1)")

    assert 'href="javascript' not in alices_browser.get("/pictures/").content.decode()


def test_many_at_once_keep_what_is_left_empty(
    alice: User, alices_browser: Client, make_picture: Callable[..., Picture]
) -> None:
    pictures = [make_picture(alice, seed=seed) for seed in (1, 2)]
    Picture.objects.filter(pk=pictures[0].pk).update(author="Anna Berg")
    chosen = {"picture": [each.pk for each in pictures]}

    alices_browser.post("/selection/credit/", {**chosen, "licence": "CC0 1.0", "sure": "1"})

    assert list(Picture.objects.order_by("author").values_list("author", "licence")) == [
        ("", "CC0 1.0"),
        ("Anna Berg", "CC0 1.0"),
    ]


def test_what_is_made_here_is_credited(alice: User) -> None:
    world = making.keep(WorldRecipe(image_size=64), Person(alice))
    earth = making.keep(EarthRecipe(image_size=128, place="italy", layer="terrain"), Person(alice))

    assert world.credit == Credit(author="Stylesite", licence="CC0 1.0")
    assert (earth.author, earth.licence) == ("NOAA", "Public domain")


def test_the_gallery_is_filtered_by_them(
    client: Client, make_finished: Make, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture(seed=5)
    wanted = make_finished(style=picture)
    make_finished(seed=3)
    Picture.objects.filter(pk=picture.pk).update(author="Anna Berg", licence="CC BY 4.0")

    for query in ("author=Anna+Berg", "licence=CC+BY+4.0", "author=Anna+Berg&licence=CC+BY+4.0"):
        assert client.get(f"/?{query}").context["page"].renders == [wanted]
    assert client.get("/?author=Nobody").context["page"].renders == []
    assert "Pictures by Anna Berg" in client.get("/?author=Anna+Berg").content.decode()


def test_a_result_shows_them_and_carries_them_inside(
    client: Client, alice: User, make_render: Make, make_finished: Make
) -> None:
    render = make_render(alice)
    Picture.objects.filter(pk=render.pair.style_id).update(author="Anna Berg", licence="CC BY 4.0")

    made = paint(Render.objects.with_pictures().get(pk=render.pk), lambda: None).provenance

    assert [each.credit for each in made.inputs] == [None, Credit(author="Anna Berg", licence="CC BY 4.0")]
    assert "strokes.png: Anna Berg (CC BY 4.0)" in made.text()
    finished = make_finished(alice, content=render.pair.content, style=render.pair.style)
    assert "Anna Berg" in client.get(finished.get_absolute_url()).content.decode()


def test_a_result_that_goes_into_another_render_names_what_it_was_made_of(alice: User, make_finished: Make) -> None:
    render = make_finished(alice)
    Picture.objects.filter(pk=render.pair.style_id).update(author="Anna Berg")

    credit = given.of_output(Render.objects.get(pk=render.pk))

    assert credit == Credit(author="alice", source="Painted from House; Strokes by Anna Berg")


def test_older_pictures_get_theirs_and_collections_keep_their_order(transactional_db: None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("gallery", "0015_rivers_of_pictures")])
    old = executor.loader.project_state([("gallery", "0015_rivers_of_pictures")]).apps
    try:
        old.get_model("gallery", "StoredFile").objects.create(name="pictures/a.png")
        pictures = old.get_model("gallery", "Picture").objects
        made = [{"kind": "world", "version": 1}, {"kind": "earth", "version": 1, "layer": "relief"}, None]
        keys = [
            pictures.create(sha256="0" * 64, file_id="pictures/a.png", width=1, height=1, made_by=recipe).pk
            for recipe in made
        ]
        pair = old.get_model("gallery", "Pair").objects.create(content_id=keys[0], style_id=keys[1])
        wall = old.get_model("gallery", "Collection").objects.create(title="A wall")
        for _ in range(2):
            render = old.get_model("gallery", "Render").objects.create(pair=pair, recipe_json={})
            old.get_model("gallery", "CollectionEntry").objects.create(collection=wall, render=render)
    finally:
        call_command("migrate", verbosity=0)

    assert [Picture.objects.get(pk=key).author for key in keys] == ["Stylesite", "Natural Earth", ""]
    order = CollectionEntry.objects.filter(collection=Collection.objects.get())
    assert list(order) == list(order.order_by("-added"))

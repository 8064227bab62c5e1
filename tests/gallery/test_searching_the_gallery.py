"""A search finds renders by title, tags and names of pictures; all its words must occur."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from gallery.browsing.search import note_words
from gallery.models import Picture, Render, Tag

Make = Callable[..., Render]


def found(client: Client, text: str) -> list[Render]:
    """What a search shows."""
    return client.get("/", {"q": text}).context["page"].renders


@pytest.mark.parametrize("text", ["harbour", "HARB", "quiet harbour", "harbour quiet", "Hárbour", "quiet, harbour!"])
def test_by_title(client: Client, make_finished: Make, text: str) -> None:
    wanted = make_finished(title="Quiet Harbour")
    make_finished(title="Storm, quiet no more")

    assert found(client, text) == [wanted]


def test_by_tag_and_by_picture(client: Client, make_finished: Make, make_picture: Callable[..., Picture]) -> None:
    by_style = make_finished(style=make_picture(seed=5, name="starry_night.png"))
    tagged = make_finished()
    tagged.tags.add(Tag.objects.create(name="starry"))
    note_words(tagged)

    assert found(client, "starry night") == [by_style]
    assert found(client, "starry") == [tagged, by_style]
    assert found(client, "starry house") == [tagged, by_style]


def test_what_changes_is_found_as_it_is_now(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(owner=alice)
    alices_browser.post(f"/renders/{render.id}/edit/", {"title": "Storm", "tags": "sea"})
    assert found(alices_browser, "storm") == found(alices_browser, "sea") == [render]

    alices_browser.post(f"/renders/{render.id}/edit/", {"title": "Calm", "tags": ""})
    assert found(alices_browser, "storm") == found(alices_browser, "sea") == []
    assert found(alices_browser, "calm") == [render]


def test_a_new_title_alone_is_found(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(owner=alice)
    alices_browser.post(f"/renders/{render.id}/edit/", {"title": "Storm", "tags": "sea"})
    alices_browser.post(f"/renders/{render.id}/edit/", {"title": "Calm", "tags": "sea"})

    assert found(alices_browser, "storm") == []
    assert found(alices_browser, "calm") == [render]


def test_accents_and_other_scripts(client: Client, make_finished: Make) -> None:
    cafe, photo = make_finished(title="Café"), make_finished(title="写真")

    assert found(client, "cafe") == [cafe]
    assert found(client, "写真") == [photo]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The sea 🌊", "🌊"),
        ("❤\ufe0f", "❤"),
        ("Painter 👩🏽\u200d🎨", "👩🏽\u200d🎨"),
        ("क्षितिज", "क्षितिज"),
        ("می\u200cخواهم", "میخواهم"),
        ("Cafe\u0301", "café"),
        ("İstanbul", "istanbul"),
    ],
)
def test_emoji_and_marks_are_searched_for(client: Client, make_finished: Make, title: str, text: str) -> None:
    wanted = make_finished(title=title)
    make_finished(title="क्षमा 🌋")

    assert found(client, text) == [wanted]


def test_a_title_from_before_is_found_by_its_emoji(client: Client, make_finished: Make) -> None:
    wanted = make_finished(title="The sea 🌊")
    tagged = make_finished(title="Old")
    tagged.tags.add(Tag.objects.create(name="क्षितिज"))
    Render.objects.update(words="the sea")
    from django.apps import apps

    migration = MigrationExecutor(connection).loader.get_migration_by_prefix("gallery", "0020")
    migration.operations[1].code(apps, None)

    assert found(client, "🌊") == [wanted]
    assert found(client, "क्षितिज") == [tagged]


def test_signs_of_the_database_mean_nothing(client: Client, make_finished: Make) -> None:
    make_finished(title="Storm")

    assert found(client, "s%zzz") == []
    assert client.get("/", {"q": "'; DROP TABLE gallery_render; --"}).status_code == 200
    assert client.get("/", {"q": "x " * 49}, follow=True).status_code == 200

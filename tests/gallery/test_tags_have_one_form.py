"""Every spelling of a tag finds it: case, the composition of letters and a final sigma do not matter."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils.http import urlencode

from gallery.models import Render, Tag

Make = Callable[..., Render]
SAME = [
    ("Straße", "STRASSE"),
    ("Straße", "straße"),
    ("λόγος", "ΛΌΓΟΣ"),
    ("Cafe\u0301", "caf\u00e9"),
    ("क्षितिज", "क्षितिज"),
    ("İstanbul", "istanbul"),
    ("I\u0307stanbul", "İSTANBUL"),
    ("می\u200cخواهم", "می\u200cخواهم\u200c"),
    ("❤\ufe0f", "❤"),
    ("#Sea", "sea"),
]


@pytest.mark.parametrize(("written", "asked"), SAME)
def test_a_tag_is_found_as_it_was_written_and_otherwise(
    alices_browser: Client, alice: User, make_finished: Make, written: str, asked: str
) -> None:
    render = make_finished(owner=alice)
    response = alices_browser.post(f"/renders/{render.id}/edit/", {"tags": written})
    assert response.status_code == 302
    for word in (written, asked):
        page = alices_browser.get("/?" + urlencode({"tag": word}), follow=True)
        assert page.context["page"].renders == [render]


@pytest.mark.parametrize(("written", "asked"), SAME)
def test_equal_tags_are_one(alices_browser: Client, alice: User, make_finished: Make, written: str, asked: str) -> None:
    one, other = make_finished(owner=alice), make_finished(owner=alice, seed=8)
    alices_browser.post(f"/renders/{one.id}/edit/", {"tags": f"{written}, {asked}"})
    alices_browser.post(f"/renders/{other.id}/edit/", {"tags": asked})
    assert Tag.objects.count() == 1


@pytest.mark.parametrize(
    "word", ["ışık", "हिन्दी चित्र", "🌊", "👩🏽\u200d🎨", "🏴\U000e0067\U000e0062\U000e007f", "🇹🇷", "don’t"]
)
def test_words_and_emoji_of_all_scripts_can_be_tags(
    alices_browser: Client, alice: User, make_finished: Make, word: str
) -> None:
    render = make_finished(owner=alice)
    assert alices_browser.post(f"/renders/{render.id}/edit/", {"tags": word}).status_code == 302
    assert [tag.name for tag in render.tags.all()] == [word]


def test_commas_of_other_scripts_are_commas(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished(owner=alice)
    alices_browser.post(f"/renders/{render.id}/edit/", {"tags": "دریا، کوه, 海、山，川"})
    assert {tag.name for tag in render.tags.all()} == {"دریا", "کوه", "海", "山", "川"}


@pytest.mark.parametrize("word", ["\u200d", "\u200b", "\u2800", "#", "-", "\u0301"])
def test_what_cannot_be_seen_is_no_tag(alices_browser: Client, alice: User, make_finished: Make, word: str) -> None:
    render = make_finished(owner=alice)
    alices_browser.post(f"/renders/{render.id}/edit/", {"tags": word})
    assert not render.tags.exists()


@pytest.mark.parametrize("word", ["<b>", "a/b", "50%", "\u202eabc"])
def test_signs_are_no_part_of_a_tag(alices_browser: Client, alice: User, make_finished: Make, word: str) -> None:
    render = make_finished(owner=alice)
    assert alices_browser.post(f"/renders/{render.id}/edit/", {"tags": word}).status_code == 422


def test_tags_from_before_are_brought_to_that_form(transactional_db: None, make_finished: Make) -> None:
    one, other = make_finished(), make_finished(seed=8)
    one.tags.add(Tag.objects.create(name="straße"), Tag.objects.create(name="sea"))
    other.tags.add(Tag.objects.create(name="strasse"))
    migration = MigrationExecutor(connection).loader.get_migration_by_prefix("gallery", "0012")
    from django.apps import apps

    migration.operations[0].code(apps, None)

    assert [tag.name for tag in Tag.objects.all()] == ["sea", "strasse"]
    assert [tag.name for tag in one.tags.all()] == ["sea", "strasse"]


def test_a_turkish_tag_from_before_is_found(transactional_db: None, make_finished: Make) -> None:
    one, other = make_finished(), make_finished(seed=8)
    one.tags.add(Tag.objects.create(name="i\u0307stanbul"))
    other.tags.add(Tag.objects.create(name="istanbul"))
    migration = MigrationExecutor(connection).loader.get_migration_by_prefix("gallery", "0020")
    from django.apps import apps

    migration.operations[0].code(apps, None)

    assert [tag.name for tag in Tag.objects.all()] == ["istanbul"]
    assert [tag.name for tag in one.tags.all()] == ["istanbul"]

"""Views reach rows only through `visible_to`: whatever that hides gives a 404 at every address, and is on no page."""

import itertools
from collections.abc import Callable, Iterator

import numpy
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from gallery.models import Collection, Favourite, Frame, Like, Owned, Picture, Render, Status, Sweep, Tag
from gallery.pictures import blobs
from gallery.queueing import progress
from tests.gallery.test_the_last_picture_of_a_cancelled_render import HALFWAY
from tests.pictures import as_bytes, painting
from transfer.synthesis.exports.rivers import RiverMap
from transfer.synthesis.made import height_png

Make = Callable[..., Render]
Things = dict[str, list[object]]
pytestmark = pytest.mark.usefixtures("clean_queue")
PATTERNS = [each for each in get_resolver("gallery.urls").url_patterns if isinstance(each, URLPattern)]
OF_NO_ROW = {"sample", "generator"}  # arguments that name what is everybody's
OF_AN_OBJECT = [each for each in PATTERNS if each.pattern.converters.keys() - OF_NO_ROW]
OF_NO_OBJECT = [each for each in PATTERNS if not each.pattern.converters and each.name not in ("login", "logout")]
NAMED = ["Zebrawood", "zebra.png", "okapi.png", "quagga"]  # words about the things: titles, pictures' names, a tag


@pytest.fixture
def things(alice: User, make_finished: Make, make_picture: Callable[..., Picture]) -> Things:
    """Values for each argument of an address: alice's things; at least one of them is in the state that it needs."""
    content, style = make_picture(alice, "", 1, "zebra.png"), make_picture(alice, "", 2, "okapi.png")
    sweep = Sweep.objects.create(axes=[{"field": "strength", "values": [0.5]}], owner=alice)
    pictures = {"content": content, "style": style}
    elevation = blobs.store("maps", height_png(numpy.zeros((48, 64), numpy.uint16)), ".png")
    rivers = blobs.store("maps", RiverMap((), (64, 48)).geojson().encode(), ".geojson")
    known = {"elevation_id": elevation, "rivers_id": rivers}
    Picture.objects.filter(pk=content.pk).update(**known)
    finished = make_finished(alice, title="Zebrawood", likes=1, **known, **pictures)
    finished.tags.add(Tag.objects.create(name="quagga"))
    for place in range(2):
        frame = as_bytes(painting((48, 36), seed=place), "WEBP")
        values = {"place": place, "width": 48, "height": 36, "file": blobs.store("frames", frame, ".webp")}
        Frame.objects.create(render=finished, **values)
    film = {"film": blobs.store("films", b"film", ".mp4"), "film_frames": 24, "film_seconds": 1.0}
    child = make_finished(alice, parent=finished, title="Zebrawood again", **film, **pictures)
    running = make_finished(alice, status=Status.IN_PROGRESS, output="", sweep=sweep, **pictures)
    progress.publish(running.pk, HALFWAY, as_bytes(painting((64, 48)), "JPEG"))
    failed = make_finished(alice, status=Status.FAILED, output="", **pictures)
    collection = Collection.objects.create(title="Zebrawood", owner=alice)
    collection.entries.create(render=finished)
    for mark in (Like, Favourite):
        mark.objects.create(render=finished, owner=alice)
    return {
        "render_id": [finished.pk, running.pk, child.pk, failed.pk],
        "other_id": [running.pk],
        "sweep_id": [sweep.pk],
        "collection_id": [collection.pk],
        "pair_id": [finished.pair_id],
        "picture_id": [content.pk],
        "identifier": [content.pk, finished.pk],
        "name": [
            str(finished.output),
            str(finished.thumbnail),
            str(content.file),
            str(finished.frames.first().file),
            elevation,
            rivers,
        ],
    }


@pytest.fixture
def browsers(client: Client, alices_browser: Client, charlies_browser: Client) -> list[Client]:
    """A stranger's, the owner's and staff's."""
    return [client, alices_browser, charlies_browser]


@pytest.fixture
def nothing_is_visible(things: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nobody may see anything."""
    for kind in querysets():
        monkeypatch.setattr(kind, "visible_to", lambda rows, person: rows.none(), raising=True)


def querysets() -> set[type[QuerySet]]:
    """The querysets of all models whose rows may be hidden."""
    found = {type(model._default_manager.all()) for model in apps.get_app_config("gallery").get_models()}
    return {kind for kind in found if hasattr(kind, "visible_to")}


def addresses(pattern: URLPattern, things: Things) -> Iterator[str]:
    """One address for each combination of things that it can name."""
    names = list(pattern.pattern.converters)
    for values in itertools.product(*(things[name] for name in names)):
        yield reverse(pattern.name, kwargs=dict(zip(names, values, strict=True)))


def methods(address: str, browser: Client) -> list[str]:
    """The methods that the address takes."""
    return browser.options(address).headers["Allow"].split(", ")


def test_every_owned_row_and_what_hangs_on_it_has_a_say_in_who_sees_it() -> None:
    owned: list[type[models.Model]] = [each for each in apps.get_models() if issubclass(each, Owned)]

    assert {type(model._default_manager.all()) for model in owned} <= querysets()


def test_no_address_knows_what_is_not_visible(things: Things, browsers: list[Client], nothing_is_visible: None) -> None:
    answered = {
        (method, address): browser.generic(method, address).status_code
        for pattern, browser in itertools.product(OF_AN_OBJECT, browsers)
        for address in addresses(pattern, things)
        for method in methods(address, browser)
    }

    assert {asked: status for asked, status in answered.items() if status != 404} == {}


def test_its_owner_finds_at_each_address_what_is_visible(things: Things, alices_browser: Client) -> None:
    found: dict[tuple[str, str], list[int]] = {}
    for pattern in OF_AN_OBJECT:
        for address in addresses(pattern, things):
            for method in methods(address, alices_browser):
                with transaction.atomic():  # each request finds all things unchanged
                    answered = alices_browser.generic(method, address).status_code
                    transaction.set_rollback(True)
                found.setdefault((method, pattern.name), []).append(answered)

    assert {asked: statuses for asked, statuses in found.items() if min(statuses) >= 404} == {}


def test_no_page_shows_what_is_not_visible(things: Things, browsers: list[Client], nothing_is_visible: None) -> None:
    assert shown(things, browsers) == set()


def test_pages_show_what_is_visible(things: Things, browsers: list[Client]) -> None:
    assert shown(things, browsers) == set(NAMED)


def shown(things: Things, browsers: list[Client]) -> set[str]:
    """What all pages without an object say about the things, even if their query names one."""
    picture, render = things["picture_id"][0], things["render_id"][0]
    named = [f"?from={render}", f"?recipe={render}&content={picture}&style={render}", f"?content_render={render}"]
    found: set[str] = set()
    for pattern, query, browser in itertools.product(OF_NO_OBJECT, ["", *named], browsers):
        if "GET" in methods(reverse(pattern.name), browser):
            page = browser.get(reverse(pattern.name) + query).content.decode(errors="replace")
            found |= {word for word in NAMED if word in page}
    return found

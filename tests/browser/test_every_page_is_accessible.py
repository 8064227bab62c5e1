"""axe-core finds no fault on any page, wide and narrow, light and dark; and no page scrolls sideways."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

from gallery.models import Collection, Render, Status, Sweep, Tag, Worker
from gallery.pictures import films
from gallery.queueing import progress
from gallery.studio.examples import TAG
from tests.browser.axe import faults
from tests.pictures import as_bytes, painting
from transfer.film.reel import encoded
from transfer.recipes.style import StyleRecipe
from transfer.zoom.recipe import ZoomRecipe

pytestmark = pytest.mark.browser


def as_it_is(page: Page) -> None:
    """Does nothing on the page."""


def with_folds_open(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def with_some_selected(page: Page) -> None:
    page.get_by_role("button", name="Select", exact=True).click()
    page.locator(".card .result").first.click()


def with_a_step_open(page: Page) -> None:
    with_some_selected(page)
    page.locator("#selection [data-step]").first.click()
    page.locator("#step h1").wait_for()


def with_a_menu_open(page: Page) -> None:
    page.locator(".about summary").first.click()
    page.get_by_role("menu").wait_for()


def in_relief(page: Page) -> None:
    page.get_by_role("button", name="Lightness as relief").click()
    page.get_by_role("application").wait_for()


def with_errors(page: Page) -> None:
    page.locator("input[name=image_size]").fill("7")
    page.get_by_role("button", name="Render").click()
    page.locator(".field.wrong .errorlist").wait_for()
    with_folds_open(page)


def with_the_panel_open(page: Page) -> None:
    page.get_by_role("link", name="Content: create one").click()
    page.locator("dialog.maker .making").wait_for()


def while_cropping(page: Page) -> None:
    page.get_by_role("button", name="Content: crop or turn").click()
    page.get_by_role("dialog").get_by_role("application").wait_for()


def logged_in_wrongly(page: Page) -> None:
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("nothing")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send(page: Page, token: str) -> None:
    with page.expect_navigation():
        page.evaluate(
            """(token) => {
                const form = document.createElement("form");
                form.method = "post";
                form.action = `${location.pathname}cancel/`;
                form.innerHTML = `<input name="csrfmiddlewaretoken" value="${token}">`;
                document.body.append(form);
                form.submit();
            }""",
            token,
        )


def refused(page: Page) -> None:
    send(page, page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))['x-csrftoken']"))


def forged(page: Page) -> None:
    send(page, "nonsense")


class Place(NamedTuple):
    """A page: its address, with the key of a row in braces, and what the test does there before it checks the page."""

    address: str
    act: Callable[[Page], None] = as_it_is


EMPTY = (
    Place("/"),
    Place("/?after=nothing"),
    Place("/new/"),
    Place("/new/", with_the_panel_open),
    Place("/make/"),
    Place("/make/map/"),
    Place("/make/earth/"),
    Place("/make/clouds/?version=9&scale=900"),
    Place("/pictures/"),
    Place("/queue/"),
    Place("/sweeps/"),
    Place("/collections/"),
    Place("/cookbook/", with_folds_open),
    Place("/login/"),
    Place("/login/", logged_in_wrongly),
    Place("/nowhere/"),
)
FILLED = (
    Place("/"),
    Place("/", with_a_step_open),
    Place("/", with_a_menu_open),
    Place("/pictures/", with_some_selected),
    Place("/pictures/{picture}/credit/"),
    Place("/new/?kind=dream", with_folds_open),
    Place("/new/?kind=zoom", with_folds_open),
    Place("/new/?kind=film", with_folds_open),
    Place("/new/choose/"),
    Place("/new/?from={finished}", with_folds_open),
    Place("/new/?from={finished}", with_errors),
    Place("/new/?from={finished}", while_cropping),
    Place("/renders/{finished}/"),
    Place("/renders/{finished}/", in_relief),
    Place("/renders/{film}/", with_folds_open),
    Place("/renders/{filming}/"),
    Place("/renders/{waiting}/", with_folds_open),
    Place("/renders/{painting}/"),
    Place("/renders/{paused}/"),
    Place("/renders/{failed}/"),
    Place("/renders/{canceled}/"),
    Place("/pairs/{pair}/"),
    Place("/pictures/"),
    Place("/pictures/{picture}/relief/"),
    Place("/pictures/{picture}/relief/?from=lightness"),
    Place("/sweeps/"),
    Place("/sweeps/new/?from={finished}", with_folds_open),
    Place("/sweeps/{sweep}/"),
    Place("/collections/"),
    Place("/collections/{collection}/"),
    Place("/queue/"),
    Place("/examples/"),
    Place("/renders/{bobs}/", refused),
    Place("/renders/{bobs}/", forged),
)


@pytest.fixture
def rows(
    alice: User,
    bob: User,
    make_finished: Callable[..., Render],
    make_worker: Callable[..., Worker],
) -> dict[str, object]:
    """One row of each kind, most of them alice's."""
    make_worker("here")
    make_worker("idle")
    large = {"recipe_json": StyleRecipe(image_size=1024).model_dump(mode="json")}
    finished = make_finished(alice, seed=3)
    painted = make_finished(alice, status=Status.IN_PROGRESS, worker="here", **large)
    collection = Collection.objects.create(owner=alice, title="The best of a winter")
    collection.renders.add(finished)
    Render.objects.filter(pk__in=[finished.pk, painted.pk]).update(title="A volcanic island")
    for example in (finished, painted, make_finished(alice, status=Status.PENDING)):
        example.tags.add(Tag.objects.get_or_create(name=TAG)[0])
    losses = {"total": 0.3, "content": 0.1, "style": 0.2}
    state = progress.Progress(0.4, 256, 3, 1, 12, 60, 0.3, losses, 65.0, 1)
    progress.publish(painted.pk, state, as_bytes(painting((64, 48)), "JPEG"))
    zoom = ZoomRecipe(image_size=64).model_dump(mode="json")
    mp4 = encoded([painting((64, 48), seed=seed) for seed in range(3)], 24)
    film = make_finished(alice, seed=6, recipe_json=zoom, **films.stored(mp4))
    filming = make_finished(alice, status=Status.IN_PROGRESS, worker="here", recipe_json=zoom)
    progress.publish(filming.pk, progress.Progress(0.5, 64, 1, 0, 30, 60), as_bytes(painting((64, 48)), "JPEG"))
    for seed in (4, 5):
        bobs = make_finished(bob, seed=seed)
        make_finished(alice, status=Status.PENDING)
    axes = [{"field": "strength", "values": [0, 1]}, {"field": "style_loss", "values": ["w2", "gram"]}]
    sweep = Sweep.objects.create(axes=axes, owner=alice)
    for place, status in enumerate((Status.COMPLETED, Status.FAILED, Status.PENDING)):
        make_finished(alice, status=status, sweep=sweep, sweep_place=place)
    return {
        "sweep": sweep.pk,
        "picture": finished.pair.content_id,
        "collection": collection.pk,
        "bobs": bobs.pk,
        "finished": finished.pk,
        "film": film.pk,
        "filming": filming.pk,
        "pair": finished.pair_id,
        "painting": painted.pk,
        "waiting": make_finished(alice, status=Status.PENDING).pk,
        "paused": make_finished(alice, status=Status.PENDING, paused=True).pk,
        "failed": make_finished(alice, status=Status.FAILED, error="There was not enough memory.").pk,
        "canceled": make_finished(alice, status=Status.CANCELED, notes=["It went on on the CPU."]).pk,
    }


@pytest.fixture
def complaints(open_page: Callable[..., Page]) -> Callable[..., str]:
    """axe-core's complaints about some places; each is loaded once and checked at both widths and in both schemes."""

    def visit(site: str, places: tuple[Place, ...], rows: dict[str, object], session: str = "") -> str:
        page = open_page(bypass_csp=True)
        if session:
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        found = []
        for place in places:
            page.goto(site + place.address.format(**rows))
            place.act(page)
            found += faults(page, place.address)
        return "\n".join(found)

    return visit


@pytest.mark.slow
def test_pages_of_an_empty_site(site_without_worker: str, complaints: Callable[..., str]) -> None:
    assert not complaints(site_without_worker, EMPTY, {})


@pytest.mark.slow
def test_pages_of_a_site_in_use(
    site_without_worker: str, complaints: Callable[..., str], rows: dict[str, object], alices_browser: Client
) -> None:
    session = alices_browser.cookies[settings.SESSION_COOKIE_NAME].value

    assert not complaints(site_without_worker, FILLED, rows, session)


def test_the_page_of_a_fault(complaints: Callable[..., str]) -> None:
    page = Path(settings.BASE_DIR) / "templates" / "500.html"

    assert not complaints("", (Place(page.as_uri()),), {})

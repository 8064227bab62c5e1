"""Whoever is quick in a collection or in the gallery sees what the site has: one thing is done after the other."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import APIResponse, Page, Route, expect

from gallery.models import Collection, CollectionEntry, Favourite, Render

pytestmark = pytest.mark.browser
DRAG = """([from, onto]) => {
  const cards = document.querySelectorAll(".card"), dataTransfer = new DataTransfer();
  const options = { dataTransfer, bubbles: true, cancelable: true };
  for (const [card, kind] of [[from, "dragstart"], [onto, "dragover"], [onto, "drop"], [from, "dragend"]])
    cards[card].dispatchEvent(new DragEvent(kind, options));
}"""
ORDER = "() => [...document.querySelectorAll('.card')].map(({ dataset }) => dataset.render)"


@pytest.fixture
def cards(
    site_without_worker: str,
    alices_page: Page,
    make_finished: Callable[..., Render],
    alice: User,
) -> Page:
    """Alice's collection of four renders."""
    wall = Collection.objects.create(title="Wall", owner=alice)
    for seed in range(4):
        CollectionEntry.objects.create(collection=wall, render=make_finished(alice, seed=seed))
    page = alices_page
    page.goto(site_without_worker + wall.get_absolute_url())
    expect(page.locator(".card")).to_have_count(4)
    return page


def on_the_site() -> list[str]:
    return [str(entry.render_id) for entry in CollectionEntry.objects.order_by("-place", "-id")]


def answer_the_first_last(page: Page) -> Callable[[], None]:
    """The site does what is asked first, but its answer is held back; returns a function that lets it go."""
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method != "POST" or held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    def let_go() -> None:
        while not held:
            page.wait_for_timeout(20)
        page.wait_for_timeout(500)  # in which a second answer would overtake the first
        route, response = held[0]
        route.fulfill(response=response)

    page.route("**/*", hold)
    return let_go


def test_two_moves_in_a_collection(cards: Page) -> None:
    page = cards
    let_go = answer_the_first_last(page)
    page.evaluate(DRAG, [0, 2])
    page.evaluate(DRAG, [2, 1])
    first, second, third, fourth = page.evaluate(ORDER)
    let_go()

    expect(page.locator(".card").first).to_have_attribute("data-render", third)
    page.wait_for_timeout(300)  # for the last of both answers
    assert page.evaluate(ORDER) == on_the_site() == [third, second, first, fourth]


def test_two_presses_on_a_favourite(cards: Page) -> None:
    page = cards
    let_go = answer_the_first_last(page)
    page.locator(".card .result").first.focus()
    page.keyboard.press(".")
    page.keyboard.press(".")
    let_go()

    expect(page.get_by_text("Removed from your favourites")).to_be_attached()
    page.wait_for_timeout(300)  # for the last of both answers
    expect(page.locator(".card.favourite")).to_have_count(0)
    assert not Favourite.objects.exists()

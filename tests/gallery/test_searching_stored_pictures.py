"""Whoever chooses a stored picture in the studio sees names, and finds pictures by them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Picture, Render

MakePicture = Callable[..., Picture]


@pytest.fixture
def pictures(alice: User, bob: User, make_picture: MakePicture) -> dict[str, Picture]:
    names = {"harbour": "content_harbour_at_night.png", "oak": "oak.png"}
    found = {key: make_picture(alice, seed=seed, name=name) for seed, (key, name) in enumerate(names.items())}
    return {**found, "bobs": make_picture(bob, seed=7, name="bobs-harbour.png")}


def test_names_stand_under_the_pictures(alices_browser: Client, pictures: dict[str, Picture]) -> None:
    page = alices_browser.get("/new/choose/").content.decode()

    assert "<figcaption" in page
    assert ">Harbour at night<" in page
    assert ">Bobs harbour<" in page


def test_words_find_them(alices_browser: Client, pictures: dict[str, Picture]) -> None:
    def found(words: str) -> set[Picture]:
        context = alices_browser.get("/new/choose/", {"for": "style", "q": words}).context
        return {*context["own"], *context["others"]}

    assert found("Harbour") == {pictures["harbour"], pictures["bobs"]}
    assert found("night harbour") == {pictures["harbour"]}
    Picture.objects.filter(pk=pictures["oak"].pk).update(author="Anna Berg")
    assert found("berg") == {pictures["oak"]}
    assert found("zebra") == set()


def test_renders_are_found_by_title(
    alices_browser: Client, make_finished: Callable[..., Render], pictures: dict[str, Picture]
) -> None:
    wanted, other = make_finished(title="Café by the sea"), make_finished(seed=3)

    found = list(alices_browser.get("/new/choose/", {"q": "CAFE"}).context["renders"])

    assert (wanted in found, other in found) == (True, False)


def test_the_search_keeps_what_is_chosen_for_other_places(alices_browser: Client, pictures: dict[str, Picture]) -> None:
    query = {"for": "style", "content": pictures["oak"].pk, "q": "harbour"}

    page = alices_browser.get("/new/choose/", query).content.decode()

    assert f'<input type="hidden" name="content" value="{pictures["oak"].pk}">' in page
    assert '<input type="hidden" name="for" value="style">' in page
    assert f"?content={pictures['oak'].pk}&amp;style={pictures['harbour'].pk}" in page


def test_nothing_found_is_said(alices_browser: Client, pictures: dict[str, Picture]) -> None:
    assert "Nothing here is called “zebra”." in alices_browser.get("/new/choose/?q=zebra").content.decode()
